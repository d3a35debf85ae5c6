using Tidemark.Cli.Hosting;

namespace Tidemark.Cli.Output;

/// <summary>Tells whoever stops a call, at once, that it was heard and what comes now.</summary>
/// <param name="arguments">As they came: nobody has to have parsed them yet.</param>
internal sealed class StopNotice(Terminal terminal, IReadOnlyList<string> arguments, TimeProvider clock)
{
    public void Tell(bool isTermination)
    {
        if (Has("--quiet"))
        {
            return;
        }

        var text = isTermination
            ? "asked to terminate: what is under way is committed first"
            : "stopping: what is under way is committed first; Ctrl-C once more ends at once";
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

    private LogForm? Log
    {
        get
        {
            var said = arguments.TakeWhile(a => a != "--").ToList();
            var at = said.LastIndexOf("--log");
            return said.Contains("--log=json") || (at >= 0 && said.ElementAtOrDefault(at + 1) == "json") ? LogForm.Json
                : at >= 0 || said.Contains("--log=text") || said.FirstOrDefault() == Commands.WorkerCommand.Name ? LogForm.Text
                : null;
        }
    }

    private bool Has(string flag) => arguments.TakeWhile(a => a != "--").Contains(flag, StringComparer.Ordinal);
}
