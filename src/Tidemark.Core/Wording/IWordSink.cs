namespace Tidemark.Wording;

/// <summary>Takes the words of a text in their order.</summary>
public interface IWordSink
{
    /// <param name="word">In UTF-8, folded, never empty, without blanks; valid during the call only.</param>
    void Add(ReadOnlySpan<byte> word, WordKind kind);
}
