using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>A former state of a document, put together.</summary>
/// <param name="Key">Of its row.</param>
/// <param name="Sequences">From which commit to which one it was valid.</param>
/// <param name="Document">As it was.</param>
/// <param name="IsPartition">Whether its chunks are its whole text.</param>
/// <param name="Generation">Of whose index they were.</param>
/// <param name="Chunks">The rows of its chunks, among others, with texts.</param>
/// <param name="Damage">What is wrong with it; null: nothing.</param>
internal sealed record FormerState(
    long Key,
    (long From, long To) Sequences,
    DocumentRecord Document,
    bool IsPartition,
    long Generation,
    IReadOnlyDictionary<long, StoredChunk> Chunks,
    string? Damage);
