namespace Tidemark.Records;

/// <summary>Asked for chunks of a live document that a write patches or closes, and for no others.</summary>
public interface IStoredChunks
{
    /// <summary>The estimated tokens of a chunk's text.</summary>
    int TokensOf(long chunk);

    /// <summary>Whether the chunk's text is this one.</summary>
    bool HasText(long chunk, string text);
}
