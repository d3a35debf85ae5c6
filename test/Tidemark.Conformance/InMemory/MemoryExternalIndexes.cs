using Tidemark.Indexing;
using Tidemark.Records;

namespace Tidemark.Conformance.InMemory;

/// <summary>The reference model of external indexes: collections by location, and a server that can be made to fail.</summary>
public sealed class MemoryExternalIndexes : IExternalIndexes
{
    private int _incarnations;

    public Dictionary<string, MemoryCollection> Collections { get; } = new(StringComparer.Ordinal);

    /// <summary>So many more requests are answered; null: all.</summary>
    public int? RequestsLeft { get; set; }

    /// <summary>Locations whose server is away.</summary>
    public HashSet<string> Away { get; } = new(StringComparer.Ordinal);

    /// <summary>What was asked, one word a request.</summary>
    public List<string> Requests { get; } = [];

    public int EntriesWritten { get; set; }

    public int EntriesDeleted { get; set; }

    /// <summary>Called after each request that changes something, in the middle of a drain.</summary>
    public Func<Task>? OnChanged { get; set; }

    /// <summary>Called when a search has its answer and its asker not yet.</summary>
    public Func<Task>? OnFound { get; set; }

    public IExternalIndex Open(string location) => new MemoryExternalIndex(this, location);

    internal MemoryCollection Make(IndexBinding binding)
    {
        var made = new MemoryCollection($"incarnation {++_incarnations}", binding.Owner, binding.Space.Name);
        Collections.Add(binding.Location, made);
        return made;
    }

    internal void Serve(string request, string location)
    {
        if (RequestsLeft is 0 || Away.Contains(location))
        {
            throw new TidemarkException(ErrorCodes.IndexUnavailable, "the external index is down", "start it");
        }

        lock (Requests)
        {
            RequestsLeft--;
            Requests.Add(request);
        }
    }
}
