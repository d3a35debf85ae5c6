using System.CommandLine;
using System.CommandLine.Invocation;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Output;

namespace Tidemark.Cli.Commands;

internal sealed class VersionAction(CommandHost host) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        if (host.Shared.Json.IsOn(parseResult))
        {
            JsonOutput.Write(host.Terminal, json =>
            {
                json.WriteStartObject();
                json.WriteString("version", ProductVersion.Text);
                json.WriteEndObject();
            });
        }
        else
        {
            host.Terminal.Output.WriteLine("tidemark " + ProductVersion.Text);
        }

        return ExitCodes.Done;
    }
}
