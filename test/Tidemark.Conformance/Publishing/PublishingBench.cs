using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Publishing;
using Tidemark.Searching;
using Tidemark.Syncing;
using Tidemark.Verifying;

namespace Tidemark.Conformance.Publishing;

/// <summary>A store with an external index beside it, and a pipeline around both.</summary>
public sealed class PublishingBench
{
    public const string Location = "memory:index";

    public PublishingBench(ITidemarkStore store)
    {
        Store = new ExternallyIndexedStore(store, Server);
        Sync = new SyncBench(Store) { Index = Location };
    }

    public MemoryExternalIndexes Server { get; } = new();

    public ExternallyIndexedStore Store { get; }

    public SyncBench Sync { get; }

    public MemoryCollection Collection => Server.Collections[Location];

    public Task<SyncReport> SyncAsync(params DocumentChange[] changes) =>
        Sync.SyncAsync(new ScriptedSource("s", changes), request => request with { Guard = DeletionGuard.Off });

    /// <summary>With a server that answers no more than so many requests.</summary>
    public async Task<SyncReport> SyncAsync(int requests, params DocumentChange[] changes)
    {
        Server.RequestsLeft = requests;
        try
        {
            return await SyncAsync(changes);
        }
        finally
        {
            Server.RequestsLeft = null;
        }
    }

    public Task<VerifyReport> VerifyAsync(bool repair = false) =>
        new VerifyEngine(Store, Sync.Pipeline, TimeProvider.System).VerifyAsync(
            new VerifyOptions { Repair = repair }, CancellationToken.None);

    /// <summary>What a search finds, as <c>document: text</c>, in the order of documents and texts.</summary>
    public async Task<string[]> FindAsync(string query, SearchMode mode, params (string Key, string Value)[] filter)
    {
        var result = await new SearchEngine(Store, Sync.Pipeline.Model).SearchAsync(
            query, new SearchOptions
            {
                Mode = mode,
                Limit = 100,
                Filter = new MetadataFilter([.. filter.Select(f => new MetadataCondition(f.Key, [f.Value]))]),
            },
            CancellationToken.None);
        return [.. result.Hits.Select(hit => $"{hit.Chunk.Document}: {hit.Chunk.Text.Trim()}").Order(StringComparer.Ordinal)];
    }
}
