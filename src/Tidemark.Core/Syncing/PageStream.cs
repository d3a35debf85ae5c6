using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Tidemark.Syncing;

/// <summary>Inspects a source's pages on all processors and gives them back in their order, a few ahead at most.</summary>
internal static class PageStream
{
    /// <summary>Beside these, one waits for its place and one is being taken; each is held in memory with all that it changes.</summary>
    private static readonly int Ahead = Math.Clamp(Environment.ProcessorCount - 1, 1, 8);

    public static async IAsyncEnumerable<InspectedPage> InspectAsync(
        OpenedSource source, PageInspector inspector, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pages = Channel.CreateBounded<Task<InspectedPage>>(
            new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        var listing = Task.Run(() => ListAsync(source, inspector, pages.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var page in pages.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return await page.ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await DiscardAsync(pages.Reader).ConfigureAwait(false);
            await listing.ConfigureAwait(false);
        }
    }

    private static async Task ListAsync(
        OpenedSource source,
        PageInspector inspector,
        ChannelWriter<Task<InspectedPage>> pages,
        CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested
                && await source.NextAsync().ConfigureAwait(false) is { } page)
            {
                var inspected = Task.Run(() => inspector.InspectAsync(page, cancellationToken), CancellationToken.None);
                await pages.WriteAsync(inspected, CancellationToken.None).ConfigureAwait(false);
            }

            pages.Complete();
        }
        catch (Exception e)
        {
            pages.Complete(e);
        }
    }

    /// <summary>Takes pages until the lister has ended, which may be waiting for room for one more.</summary>
    private static async Task DiscardAsync(ChannelReader<Task<InspectedPage>> pages)
    {
        do
        {
            while (pages.TryRead(out var page))
            {
                // The run has ended for another reason, which is the one to report.
                await ((Task)page).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (page.IsCompletedSuccessfully)
                {
                    (await page.ConfigureAwait(false)).Dispose();
                }
            }
        }
        while (await HasMoreAsync(pages).ConfigureAwait(false));
    }

    private static async Task<bool> HasMoreAsync(ChannelReader<Task<InspectedPage>> pages)
    {
        var more = pages.WaitToReadAsync(CancellationToken.None).AsTask();
        await ((Task)more).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return more.IsCompletedSuccessfully && await more.ConfigureAwait(false);
    }
}
