using Tidemark.Records;

namespace Tidemark.Tests.Records;

/// <summary>Texts of stored chunks, and which of them were asked for.</summary>
internal sealed class FakeChunks : Dictionary<long, string>, IStoredChunks
{
    public HashSet<long> Asked { get; } = [];

    public int TokensOf(long chunk)
    {
        Asked.Add(chunk);
        return (this[chunk].Length + 3) / 4;
    }

    public bool HasText(long chunk, string text)
    {
        Asked.Add(chunk);
        return this[chunk] == text;
    }
}
