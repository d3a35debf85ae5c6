using Microsoft.Extensions.Hosting;

namespace Tidemark.Service.Messages;

/// <summary>Takes the messages of brokers for as long as the service runs; whatever ends a connection, there is another one after a pause.</summary>
internal sealed class RabbitHands(IReadOnlyList<RabbitQueue> queues, IMessageIntake intake, RabbitPulse pulse, TimeProvider clock, RabbitLog log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(queues.Select(queue => Task.Run(() => TakeAsync(queue, stoppingToken), CancellationToken.None)));

    private async Task TakeAsync(RabbitQueue queue, CancellationToken stoppingToken)
    {
        RabbitMetrics.Set(queue.Hook, isConnected: false);
        var rest = RabbitRest.First;
        while (!stoppingToken.IsCancellationRequested)
        {
            var session = new RabbitSession(queue, intake, pulse, clock, log);
            try
            {
                await session.RunAsync(stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                rest = session.HasBegun ? RabbitRest.First : rest;
                var failure = RabbitErrors.Translate(queue, e);
                log.Ended(queue, failure, rest);
                await pulse.SayAsync(queue, failure.Message, stoppingToken);
            }

            await Task.Delay(rest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            rest = RabbitRest.After(rest);
        }
    }
}
