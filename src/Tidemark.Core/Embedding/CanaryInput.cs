using Tidemark.Documents;

namespace Tidemark.Embedding;

/// <summary>
/// A text of our own whose vector is kept with the others of its space, and spared when garbage is collected: by it shows
/// whether a model still is the one that the stored vectors are of.
/// </summary>
public static class CanaryInput
{
    /// <summary>Never to be changed: stored vectors are of it.</summary>
    public const string Text = "Tidemark asks for this sentence now and then: the same model always answers with the same vector.";

    /// <summary>SHA-256 of the text as UTF-8: the key of its vector.</summary>
    public static ContentHash Hash { get; } = ContentHash.Of(Text);

    /// <summary>Tokens by rule of thumb that a run which embeds spends on it; 0 for a model that is not asked for it.</summary>
    internal static long TokensFor(EmbeddingModel model) => model.Requests is { Canary: true } ? TokenEstimate.Of(Text) : 0;
}
