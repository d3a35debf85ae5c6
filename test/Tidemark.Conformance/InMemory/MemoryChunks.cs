using Tidemark.Embedding;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

/// <summary>The open chunks of a namespace, as a decision asks about them.</summary>
internal sealed class MemoryChunks(MemoryNamespace space) : IStoredChunks
{
    public int TokensOf(long chunk) => (int)TokenEstimate.Of(TextOf(chunk));

    public bool HasText(long chunk, string text) => TextOf(chunk) == text;

    private string TextOf(long key) => space.Live.SelectMany(document => document.Chunks).First(chunk => chunk.Key == key).Text;
}
