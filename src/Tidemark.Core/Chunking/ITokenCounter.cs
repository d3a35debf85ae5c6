namespace Tidemark.Chunking;

/// <summary>Counts as the tokenizer of a model does. Safe for concurrent use; what it needs is loaded with the first count.</summary>
public interface ITokenCounter
{
    /// <summary>
    /// The tokenizer and a hash of what it counts with, <c>cl100k_base-91423dd5</c>: part of the pipeline's identity. Without
    /// <c>;</c> and <c>=</c>.
    /// </summary>
    string Name { get; }

    /// <summary>The tokens of a text, without the marks that a model puts around every input.</summary>
    int Count(ReadOnlySpan<char> text);
}
