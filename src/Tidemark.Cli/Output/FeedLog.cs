using Tidemark.Postgres.Feeding;

namespace Tidemark.Cli.Output;

/// <summary>What a feed does, as lines of a log.</summary>
internal sealed class FeedLog(RunLog log, string source) : IFeedObserver
{
    public void OnEvent(string name, string text, bool isTrouble) =>
        log.Write(isTrouble ? LogLevel.Warning : LogLevel.Info, name, text, json => json.WriteString("source", source));

    public void OnOutage(TidemarkException failure, TimeSpan nextTry) => log.Write(
        LogLevel.Warning, "outage", failure, nextTry, $"the next try is in {Units.Seconds(nextTry)}, nothing is lost");
}
