using Tidemark.Agents;
using Tidemark.Cli.Output;

namespace Tidemark.Cli.Agents;

/// <summary>What agents ask, as lines of a log on standard error; what they asked for stands in no log.</summary>
internal sealed class AgentLog(RunLog log, bool hasCalls)
{
    public void Start(string @namespace, string store) => log.Write(
        LogLevel.Info,
        "start",
        $"serves namespace '{@namespace}' of '{store}' in the Model Context Protocol, on standard input and output",
        json => json.WriteString("namespace", @namespace));

    public void Answered(string tool, AgentAnswer answer)
    {
        switch (answer.Failure)
        {
            case null when hasCalls:
                log.Write(LogLevel.Info, "call", $"'{tool}' answered", json => json.WriteString("tool", tool));
                break;
            case TidemarkException { Kind: not ErrorKind.Usage } failure:
                log.Write(LogLevel.Warning, "call", failure, nextTry: null, $"'{tool}' was answered so");
                break;
            case TidemarkException failure when hasCalls:
                log.Write(LogLevel.Info, "call", failure, nextTry: null, $"'{tool}' was answered so");
                break;
            case { } defect and not TidemarkException:
                log.Write(LogLevel.Error, "call", $"'{tool}': {defect}");
                break;
        }
    }

    public void End(bool isStopped) => log.Write(LogLevel.Info, "end", isStopped ? "stopped" : "the client closed the connection");
}
