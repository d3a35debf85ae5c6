namespace Tidemark.Documents;

/// <summary>Something that a person should look at, of an item that was taken all the same.</summary>
/// <param name="Item">What a person looks for: a path, or <c>line 17</c>.</param>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="Message">What is odd, and on which thing.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record ItemWarning(string Item, string Code, string Message, string Remedy);
