namespace Tidemark.Server;

/// <summary>A message of events that came another way than over HTTP: from a broker.</summary>
/// <param name="Body">As it was sent.</param>
public sealed record EventMessage(ReadOnlyMemory<byte> Body)
{
    /// <summary>What its sender calls it, however often it comes; null: nothing. Dead letters are named by it.</summary>
    public string? Id { get; init; }

    /// <summary>
    /// Its properties, as <c>{header:NAME}</c> of a mapping finds them; <c>Content-Type</c> says what the body is. Attributes of a CloudEvent are called
    /// <c>cloudEvents:NAME</c>, <c>cloudEvents_NAME</c> or, percent-encoded, <c>ce-NAME</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}
