using Microsoft.ML.Tokenizers;
using Tidemark.Chunking;

namespace Tidemark.OpenAI.Tokens;

/// <summary>
/// The tokenizer of OpenAI's embedding models. Its vocabulary comes with the package and takes a tenth of a second to be read, so
/// that waits for the first count.
/// </summary>
internal sealed class Cl100kTokens : ITokenCounter
{
    private readonly Lazy<TiktokenTokenizer> _tokenizer = new(() => TiktokenTokenizer.CreateForEncoding("cl100k_base"));

    private Cl100kTokens()
    {
    }

    public static Cl100kTokens Instance { get; } = new();

    /// <summary>With the first digits of the SHA-256 of the vocabulary as the package brings it.</summary>
    public string Name => "cl100k_base-91423dd5";

    /// <summary>Whether the vocabulary was read.</summary>
    internal bool IsLoaded => _tokenizer.IsValueCreated;

    /// <summary>Marks such as <c>&lt;|endoftext|&gt;</c> that stand in a text are text: taken apart, so that they count as such.</summary>
    public int Count(ReadOnlySpan<char> text)
    {
        var tokenizer = _tokenizer.Value;
        var tokens = 0;
        while (text.IndexOf("<|", StringComparison.Ordinal) is >= 0 and var mark)
        {
            tokens += tokenizer.CountTokens(text[..(mark + 1)]);
            text = text[(mark + 1)..];
        }

        return tokens + tokenizer.CountTokens(text);
    }
}
