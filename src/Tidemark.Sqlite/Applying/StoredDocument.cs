using Tidemark.Records;

namespace Tidemark.Sqlite.Applying;

/// <summary>What compare-and-swap looks at; key 0 where the id is unknown.</summary>
internal readonly record struct StoredDocument(
    long Key, DocumentState State, long Source, long SourceId, long Sequence, int Chunks)
{
    public bool IsLive => State == DocumentState.Live;
}
