namespace Tidemark.Documents;

/// <summary>
/// A JSON object in canonical form: keys sorted by ordinal at every depth, no white space, numbers as they were written.
/// Two are equal exactly if their canonical text is. Made by <see cref="MetadataCanonicalizer"/>.
/// </summary>
public readonly record struct DocumentMetadata
{
    private readonly string? _json;

    internal DocumentMetadata(string canonicalJson) => _json = canonicalJson;

    public static DocumentMetadata Empty => default;

    public bool IsEmpty => _json is null or "{}";

    /// <summary>The canonical text; <c>{}</c> when empty.</summary>
    public string Json => _json ?? "{}";

    /// <summary>Takes back what <see cref="Json"/> gave, as a store does; the text is trusted to be canonical.</summary>
    public static DocumentMetadata FromCanonical(string json) => new(json);

    public bool Equals(DocumentMetadata other) => string.Equals(Json, other.Json, StringComparison.Ordinal);

    public override int GetHashCode() => string.GetHashCode(Json, StringComparison.Ordinal);

    public override string ToString() => Json;
}
