namespace Tidemark.Documents;

/// <summary>An item that could not be listed or read.</summary>
/// <param name="Item">What a person looks for: a path, or <c>line 17</c>.</param>
/// <param name="HidesDocuments">
/// The failure may hide documents whose ids are unknown (an unreadable folder, a malformed line), so the listing is
/// incomplete and nothing may be deleted because it was not listed.
/// </param>
public sealed record ItemFailure(string Item, string Code, string Message, string Remedy, bool HidesDocuments);
