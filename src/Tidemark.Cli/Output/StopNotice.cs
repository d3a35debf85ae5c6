using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Streaming;

namespace Tidemark.Cli.Output;

/// <summary>Tells whoever stops a call, at once, that it was heard and what comes now.</summary>
internal sealed class StopNotice(Terminal terminal, RawArguments arguments, TimeProvider clock)
{
    public void Tell(bool isTermination)
    {
        if (arguments.Has("--quiet"))
        {
            return;
        }

        var text = (isTermination ? "asked to terminate" : "stopping") + (OnlyReads ? "" : ": what is under way is committed first")
            + (isTermination ? "" : "; Ctrl-C once more ends at once");
        try
        {
            if (Log is { } form)
            {
                new RunLog(terminal.Error, clock, form).Write(LogLevel.Info, "stop", text);
            }
            else
            {
                terminal.Error.WriteLine(terminal.IsErrorTerminal && Terminal.HasColours ? "\r\u001b[K" + text : text);
            }
        }
        catch (Exception e) when (e is IOException or OutputFailedException)
        {
            // Nobody is left to tell.
        }
    }

    private bool OnlyReads => arguments.Command == "mcp";

    private LogForm? Log => arguments.ValueOf("--log") switch
    {
        "json" => LogForm.Json,
        null when arguments.Command is not (ChangeWorker.Command or "watch") && !OnlyReads => null,
        _ => LogForm.Text,
    };
}
