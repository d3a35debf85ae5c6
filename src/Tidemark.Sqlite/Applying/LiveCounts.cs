using Tidemark.Sqlite.Engine;

namespace Tidemark.Sqlite.Applying;

/// <summary>Collects what a batch does to the live counters, and writes it at its end.</summary>
internal sealed class LiveCounts(SqliteConnection connection)
{
    private const string SourceRow = "UPDATE source SET documents = documents + ?2 WHERE id = ?1";

    private const string GenerationRow =
        "UPDATE generation SET documents = documents + ?2, chunks = chunks + ?3 WHERE id = ?1";

    private readonly Dictionary<long, long> _sources = [];
    private long _documents;
    private long _chunks;

    public void Add(long source, int documents, int chunks)
    {
        _sources[source] = _sources.GetValueOrDefault(source) + documents;
        _documents += documents;
        _chunks += chunks;
    }

    public void Write(long generation)
    {
        foreach (var (source, documents) in _sources)
        {
            if (documents != 0)
            {
                using var row = connection.Statement(SourceRow);
                row.Bind(1, source);
                row.Bind(2, documents);
                row.Step();
            }
        }

        if (_documents != 0 || _chunks != 0)
        {
            using var row = connection.Statement(GenerationRow);
            row.Bind(1, generation);
            row.Bind(2, _documents);
            row.Bind(3, _chunks);
            row.Step();
        }
    }
}
