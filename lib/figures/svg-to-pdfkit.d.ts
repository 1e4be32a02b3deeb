/** The part of svg-to-pdfkit (which ships no types) that figures use. */
declare module 'svg-to-pdfkit' {
  export default function svgToPdf(
    document: PDFKit.PDFDocument,
    svg: string,
    x: number,
    y: number,
    options: { fontCallback: (family: string) => string },
  ): void;
}
