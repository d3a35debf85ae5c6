using System.Collections;
using System.Text;
using System.Text.Json.Nodes;
using Tidemark.Cli.Commands;
using Tidemark.Cli.Hosting;

namespace Tidemark.Cli.Tests.Unit;

/// <summary>The command line inside the test's process, with streams, folder and environment of its own.</summary>
internal sealed class InProcessCall : IDisposable
{
    private readonly MemoryStream _output = new();
    private readonly StringWriter _errors = new() { NewLine = "\n" };
    private readonly Terminal _terminal;

    /// <param name="environment">Its variables; null: none.</param>
    /// <param name="answer">What the person at the terminal types when asked; null: there is nobody.</param>
    public InProcessCall(IDictionary? environment = null, string? answer = null)
    {
        _terminal = new Terminal(_output, _errors);
        Host = new CommandHost
        {
            Terminal = _terminal,
            Folder = Directory.CreateTempSubdirectory("tidemark-unit-").FullName,
            Environment = environment ?? new Hashtable(),
            CanAsk = answer is not null,
            ReadAnswer = () => answer,
        };
    }

    public CommandHost Host { get; }

    public string Folder => Host.Folder;

    public string Output => Encoding.UTF8.GetString(_output.ToArray());

    public string Errors => _errors.ToString();

    public JsonNode Json => JsonNode.Parse(Output)!;

    public int Run(params string[] arguments) => CommandRunner.Run(arguments, Host, CancellationToken.None);

    public void Dispose()
    {
        _terminal.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
