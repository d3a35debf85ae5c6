namespace Tidemark.Documents;

/// <summary>
/// A JSON object in canonical form: keys sorted by ordinal at every depth, no white space, numbers as they were written.
/// Two are equal exactly if their canonical text is. Made by <see cref="MetadataCanonicalizer"/>.
/// </summary>
public readonly record struct DocumentMetadata
{
    private readonly string? _json;

    internal DocumentMetadata(string canonicalJson) => _json = canonicalJson;

    /// <summary>No fields.</summary>
    public static DocumentMetadata Empty => default;

    /// <summary>Whether there are no fields.</summary>
    public bool IsEmpty => _json is null or "{}";

    /// <summary>The canonical text; <c>{}</c> when empty.</summary>
    public string Json => _json ?? "{}";

    /// <summary>
    /// Fields by name: text, booleans, numbers, dates and times (as RFC 3339), GUIDs, enumerations (by name), JSON, null, and
    /// lists of these. Of a name that stands twice the last one counts.
    /// </summary>
    /// <exception cref="ArgumentException">A value is of another type, or a number that JSON does not know.</exception>
    public static DocumentMetadata Of(params (string Name, object? Value)[] fields) => MetadataFields.Write(fields);

    /// <exception cref="System.Text.Json.JsonException">The text is not one JSON object.</exception>
    public static DocumentMetadata Parse(string json) => MetadataCanonicalizer.Parse(json);

    /// <summary>Takes back what <see cref="Json"/> gave, as a store does; the text is trusted to be canonical.</summary>
    public static DocumentMetadata FromCanonical(string json) => new(json);

    /// <summary>Compares the canonical text.</summary>
    public bool Equals(DocumentMetadata other) => string.Equals(Json, other.Json, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(Json, StringComparison.Ordinal);

    /// <summary>The canonical text.</summary>
    public override string ToString() => Json;
}
