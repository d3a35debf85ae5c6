namespace Tidemark.Formats;

/// <summary>What a document says of its text in other places.</summary>
internal sealed record DocxContext(DocxStyles Styles, DocxNumbering Numbering, DocxEmbedded Embedded);
