using System.Text;

namespace Tidemark.Chunking;

/// <summary>The longest input of a model in tokens, and who counts them.</summary>
public sealed record TokenLimit
{
    /// <summary>A text with more code units for each token than real ones have is too long without being counted.</summary>
    private const int MostUnits = 64;

    /// <summary>The tokens that text and <see cref="Prefix"/> may have together; the marks around every input are not among them.</summary>
    public required int Tokens { get; init; }

    /// <summary>What goes before every input.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The model's own tokenizer where it is known, else <see cref="ScriptTokens"/>.</summary>
    public ITokenCounter Counter { get; init; } = ScriptTokens.Instance;

    /// <summary>The tokens that the provider counts for each input beside those of its text: marks around it.</summary>
    public int Marks { get; init; }

    /// <summary>
    /// Somebody asked for this counter: it counts also where an index was built by another one, which then has to be rebuilt. Else
    /// an index keeps the bound that it was built with, also when a later release knows its model better.
    /// </summary>
    public bool IsAsked { get; init; }

    /// <summary>What is left for text in the worst case, a token for each byte of UTF-8.</summary>
    internal int SureBytes => Tokens - Encoding.UTF8.GetByteCount(Prefix);

    /// <summary>Whether the model takes the text whole. Counted only where its bytes do not tell.</summary>
    public bool Holds(ReadOnlySpan<char> text) =>
        InputBound.HoldsBytes(text, SureBytes)
        || (text.Length <= (long)Tokens * MostUnits && Count(text) <= Tokens);

    internal int Count(ReadOnlySpan<char> text) => Counter.Count(Prefix.Length == 0 ? text : string.Concat(Prefix, text));
}
