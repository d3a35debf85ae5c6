namespace Tidemark.Records;

/// <summary>
/// What turns stored text into vectors. A generation is built with exactly one. (Extractors are not part of it: they are
/// part of a file's change token, so that a changed extractor re-reads its files and embeds only what came out new.)
/// </summary>
/// <param name="Chunker">Fingerprint of the chunker and its settings; a change cuts stored text anew.</param>
/// <param name="Input">
/// How a chunk is read: what becomes its embedding input, <c>text</c> or <see cref="Normalized"/>, and behind it the language of its
/// words' stems, where they have some. Made by <see cref="InputOf"/>.
/// </param>
/// <param name="Space">Name of the embedding space.</param>
/// <param name="Dimensions">Of a vector in that space.</param>
public sealed record PipelineIdentity(string Chunker, string Input, string Space, int Dimensions)
{
    /// <summary>Where the index of a generation is by default: in the store, beside the records.</summary>
    public const string InStore = "store";

    /// <summary>
    /// The input of an index of normalised texts. Since version 2 the normalised text is what is cut; before, the text was cut as
    /// it is.
    /// </summary>
    public const string Normalized = "text;normalized;2";

    private const string Plain = "text";
    private const string Stem = ";stem=";

    /// <summary>
    /// Where the vectors are indexed: <see cref="InStore"/>, or the location of an external index, for instance
    /// <c>chroma:http://localhost:8000/handbook</c>. Another location is another generation.
    /// </summary>
    public string Index { get; init; } = InStore;

    /// <summary>Whether vectors are indexed outside of the store, through its outbox.</summary>
    public bool IsExternal => !string.Equals(Index, InStore, StringComparison.Ordinal);

    /// <summary>Whether texts go through <see cref="Embedding.InputNormalizer"/> before they are hashed and embedded.</summary>
    public bool IsNormalized => Input.StartsWith("text;normalized", StringComparison.Ordinal);

    /// <summary>The language by whose endings words are found in their other forms (<see cref="Wording.Stemmer"/>); null: as they stand only.</summary>
    public string? Stemming => StemmingOf(Input);

    /// <summary>Model, chunker, and the language of stems where there is one, in few words.</summary>
    public string Summary => $"{Space}, {Chunker}{(Stemming is { } language ? $", {language} stems" : "")}";

    /// <summary>What becomes the embedding input, without what concerns words.</summary>
    public string Embedded => Input.Split(Stem)[0];

    /// <summary>See <see cref="Input"/>.</summary>
    /// <param name="isNormalized">See <see cref="IsNormalized"/>.</param>
    /// <param name="stemming">See <see cref="Stemming"/>.</param>
    public static string InputOf(bool isNormalized, string? stemming) =>
        (isNormalized ? Normalized : Plain) + (stemming is null ? "" : Stem + stemming);

    /// <summary>See <see cref="Stemming"/>.</summary>
    /// <param name="input">See <see cref="Input"/>.</param>
    public static string? StemmingOf(string input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Split(Stem) is [_, var language] ? language : null;
    }
}
