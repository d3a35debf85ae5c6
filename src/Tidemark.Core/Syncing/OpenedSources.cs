using Tidemark.Documents;

namespace Tidemark.Syncing;

/// <summary>All sources of a run, opened before anything is written.</summary>
internal sealed class OpenedSources : IAsyncDisposable
{
    private readonly List<OpenedSource> _all = [];

    public IReadOnlyList<OpenedSource> All => _all;

    public static async Task<OpenedSources> OpenAsync(
        IReadOnlyList<IDocumentSource> sources, CancellationToken cancellationToken)
    {
        var opened = new OpenedSources();
        try
        {
            foreach (var source in sources)
            {
                opened._all.Add(await OpenedSource.OpenAsync(source, cancellationToken).ConfigureAwait(false));
            }
        }
        catch
        {
            await opened.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in _all)
        {
            await source.DisposeAsync().ConfigureAwait(false);
        }
    }
}
