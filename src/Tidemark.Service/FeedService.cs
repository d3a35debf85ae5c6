using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tidemark.Composition;
using Tidemark.Postgres.Feeding;

namespace Tidemark.Service;

/// <summary>Carries the configured feeds on for as long as the service runs.</summary>
internal sealed partial class FeedService(FeedHands hands, ILogger<FeedService> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => hands.RunAsync(source => new Observer(source, log), stoppingToken);

    private sealed class Observer(string source, ILogger log) : IFeedObserver
    {
        public void OnEvent(string name, string text, bool isTrouble)
        {
            if (isTrouble)
            {
                LogTrouble(log, source, name, CommandLineWords.Of(text));
            }
            else
            {
                LogEvent(log, source, name, CommandLineWords.Of(text));
            }
        }

        public void OnOutage(TidemarkException failure, TimeSpan nextTry) =>
            LogOutage(log, source, CommandLineWords.Of(failure.Message), failure.Code, CommandLineWords.Of(failure.Remedy), nextTry.TotalSeconds);
    }

    [LoggerMessage(50, LogLevel.Information, "the feed '{Source}' ({What}): {Text}", EventName = "feed")]
    private static partial void LogEvent(ILogger log, string source, string what, string text);

    [LoggerMessage(51, LogLevel.Warning, "the feed '{Source}' ({What}): {Text}", EventName = "feed.trouble")]
    private static partial void LogTrouble(ILogger log, string source, string what, string text);

    [LoggerMessage(52, LogLevel.Warning, "the feed '{Source}' does not go on: {Failure} [{Code}]; {Remedy}; the next try is in {Seconds} s, nothing is lost", EventName = "feed.outage")]
    private static partial void LogOutage(ILogger log, string source, string failure, string code, string remedy, double seconds);
}
