namespace Tidemark.Wording;

/// <summary>A word of a query that stands nowhere, and the one that was looked for instead.</summary>
/// <param name="Asked">Folded, as an index would have it.</param>
/// <param name="Found">A word of the index.</param>
public sealed record WordCorrection(string Asked, string Found);
