namespace Tidemark.Postgres.Adopting;

/// <summary>A table whose columns somebody has named.</summary>
internal sealed class NamedTableFinder(OriginTable table) : IOriginFinder
{
    public Task<OriginTable> FindAsync(OriginDatabase database, CancellationToken cancellationToken) => Task.FromResult(table);
}
