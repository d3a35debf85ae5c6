using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

/// <summary>Nothing is damaged in memory.</summary>
internal sealed class MemoryCare : IRecordCare
{
    public ValueTask<RecordCheck> CheckAsync(string @namespace, CancellationToken cancellationToken) => new(RecordCheck.Sound);

    public ValueTask<RecordMending> MendAsync(string @namespace, TimeSpan wait, CancellationToken cancellationToken) => new(RecordMending.None);

    public ValueTask<long> SweepAsync(string @namespace, TimeSpan wait, CancellationToken cancellationToken) => new(0);
}
