using Tidemark.Queueing;

namespace Tidemark.Service.Messages;

/// <summary>Says in the store now and then how it stands with the messages of a broker. That it cannot be said is not what matters then.</summary>
internal sealed class RabbitPulse(TidemarkIndex index, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Until it is cancelled.</summary>
    /// <param name="queue">Of the broker.</param>
    /// <param name="trouble">Says why none are taken at the moment; null: they are.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task BeatAsync(RabbitQueue queue, Func<string?> trouble, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await SayAsync(queue, trouble(), cancellationToken);
            await Task.Delay(Interval, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <param name="queue">Of the broker.</param>
    /// <param name="trouble">Why none are taken; null: they are.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public async Task SayAsync(RabbitQueue queue, string? trouble, CancellationToken cancellationToken)
    {
        try
        {
            var store = await index.OpenStoreAsync(cancellationToken);
            var report = new BrokerReport(queue.Hook, queue.Place, clock.GetUtcNow()) { Trouble = trouble };
            await new BrokerBook(store.ServiceEntries, index.Namespace).PutAsync(report, cancellationToken);
        }
        catch (Exception e) when (e is TidemarkException or OperationCanceledException)
        {
        }
    }
}
