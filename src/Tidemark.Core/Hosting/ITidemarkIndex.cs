using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Searching;
using Tidemark.Streaming;
using Tidemark.Syncing;
using Tidemark.Verifying;

namespace Tidemark;

/// <summary>
/// What applications ask of an index, as a seam for their tests: a class that takes this instead of <see cref="TidemarkIndex"/> can be given
/// a substitute. Everything else an index can do is on the class. Members may be added in minor versions, with an implementation.
/// </summary>
public interface ITidemarkIndex
{
    /// <inheritdoc cref="TidemarkIndex.Namespace"/>
    string Namespace { get; }

    /// <inheritdoc cref="TidemarkIndex.SearchAsync(string, SearchOptions?, CancellationToken)"/>
    Task<SearchResult> SearchAsync(string query, SearchOptions? options = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="TidemarkIndex.SyncAsync(SyncOptions?, CancellationToken)"/>
    Task<SyncReport> SyncAsync(SyncOptions? options = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="TidemarkIndex.SyncAsync(IAsyncEnumerable{Document}, SyncOptions?, CancellationToken)"/>
    Task<SyncReport> SyncAsync(IAsyncEnumerable<Document> documents, SyncOptions? options = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="TidemarkIndex.SyncAsync(IAsyncEnumerable{DocumentChange}, SyncOptions?, CancellationToken)"/>
    Task<SyncReport> SyncAsync(IAsyncEnumerable<DocumentChange> changes, SyncOptions? options = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="TidemarkIndex.PlanAsync(SyncOptions?, CancellationToken)"/>
    Task<SyncReport> PlanAsync(SyncOptions? options = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="TidemarkIndex.PutAsync(Document, WriteOptions?, CancellationToken)"/>
    Task<SyncReport> PutAsync(Document document, WriteOptions? options = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="TidemarkIndex.DeleteAsync(string, WriteOptions?, CancellationToken)"/>
    Task<SyncReport> DeleteAsync(string id, WriteOptions? options = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="TidemarkIndex.EnqueueAsync(IAsyncEnumerable{DocumentChange}, EnqueueOptions?, CancellationToken)"/>
    Task<EnqueueReport> EnqueueAsync(
        IAsyncEnumerable<DocumentChange> changes, EnqueueOptions? options = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="TidemarkIndex.RunWorkerAsync(WorkerOptions?, CancellationToken)"/>
    Task<WorkerReport> RunWorkerAsync(WorkerOptions? options = null, CancellationToken stoppingToken = default);

    /// <inheritdoc cref="TidemarkIndex.DocumentAsync(string, string?, PointInTime?, CancellationToken)"/>
    Task<DocumentReport> DocumentAsync(
        string id, string? @namespace = null, PointInTime? asOf = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="TidemarkIndex.DocumentsAsync(string, string?, PointInTime?, string?, CancellationToken)"/>
    IAsyncEnumerable<DocumentSummary> DocumentsAsync(
        string prefix = "", string? @namespace = null, PointInTime? asOf = null, string? after = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="TidemarkIndex.StatusAsync(StatusOptions?, CancellationToken)"/>
    Task<StatusReport> StatusAsync(StatusOptions? options = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="TidemarkIndex.VerifyAsync(VerifyOptions?, CancellationToken)"/>
    Task<VerifyReport> VerifyAsync(VerifyOptions? options = null, CancellationToken cancellationToken = default);
}
