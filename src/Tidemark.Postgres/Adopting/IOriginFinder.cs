namespace Tidemark.Postgres.Adopting;

/// <summary>Knows where a system keeps its texts and vectors.</summary>
internal interface IOriginFinder
{
    /// <exception cref="TidemarkException"><c>source.missing</c>: there is none, or several and none was named.</exception>
    Task<OriginTable> FindAsync(OriginDatabase database, CancellationToken cancellationToken);
}
