using Tidemark.Records;

namespace Tidemark.Reporting;

/// <summary>The whole text of one document, in the version that searches find.</summary>
/// <param name="Document">Whose text it is.</param>
/// <param name="Text">Of all of it.</param>
/// <param name="IsAssembled">
/// The text is not kept, and was put together from the chunks: what they share stands twice, and a blank line between them.
/// </param>
public sealed record DocumentText(DocumentSummary Document, string Text, bool IsAssembled);
