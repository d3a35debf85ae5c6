using Tidemark.Reporting;
using Tidemark.Server.Working;

namespace Tidemark.Server.Health;

/// <summary>How a namespace stood when it was last looked at, for those who watch it.</summary>
/// <param name="Name">Of the namespace.</param>
/// <param name="Status">As its status says.</param>
/// <param name="Sources">How late each of its sources is.</param>
internal sealed record NamespaceState(string Name, StatusReport Status, IReadOnlyList<SourceFreshness> Sources)
{
    private const int Runs = 100;

    /// <returns>Null: nothing was ever put into it.</returns>
    /// <exception cref="TidemarkException">It cannot be read.</exception>
    public static async Task<NamespaceState?> ReadAsync(
        TidemarkIndex index, FreshnessBook freshness, string name, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            var status = await freshness.OfAsync(name).WaitAsync(cancellationToken);
            var (runs, _) = await index.RunsAsync(Runs, name, cancellationToken);
            return new NamespaceState(name, status, SourceFreshness.Of(status, runs, clock.GetUtcNow()));
        }
        catch (TidemarkException e) when (e.Code == ErrorCodes.NamespaceMissing)
        {
            return null;
        }
    }
}
