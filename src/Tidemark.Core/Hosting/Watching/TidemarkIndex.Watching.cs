using Tidemark.Sources;
using Tidemark.Syncing;

namespace Tidemark;

/// <content>Folders that are followed as they change.</content>
public sealed partial class TidemarkIndex
{
    /// <summary>
    /// Brings the index in step with folders, and keeps it so until <paramref name="stoppingToken"/> is cancelled: what happens in them is
    /// heard, and the ordinary sync decides what it means. The run that is under way is closed.
    /// </summary>
    /// <param name="options">What is watched, and how.</param>
    /// <param name="stoppingToken">Ends it.</param>
    /// <exception cref="TidemarkException">What no later try mends: settings, a store that is moved or damaged, a model that refuses its key.</exception>
    public async Task<WatchReport> WatchAsync(WatchOptions options, CancellationToken stoppingToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var loop = new WatchLoop(
            options,
            (sources, cancellationToken) => SyncAsync(options.Sync with { Sources = sources, Command = "watch" }, cancellationToken),
            FolderEvents.Create,
            _opener.Clock);
        return await loop.RunAsync(stoppingToken).ConfigureAwait(false);
    }
}
