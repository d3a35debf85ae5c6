using System.Diagnostics;

namespace Tidemark.Bench.Measuring;

/// <summary>A search that costs no start of a process: the executable as an agent has it.</summary>
internal sealed class AgentSession : IDisposable
{
    private readonly Process _process;
    private int _id;

    public AgentSession(MeasuredCommand command)
    {
        var start = new ProcessStartInfo(command.Program, command.Arguments)
        {
            WorkingDirectory = command.Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["HOME"] = command.Directory;
        _process = Process.Start(start) ?? throw new InvalidOperationException($"'{start.FileName}' did not start.");
    }

    /// <returns>The answer, one line of JSON.</returns>
    public string Ask(string method, string parameters)
    {
        _process.StandardInput.WriteLine($"{{\"jsonrpc\":\"2.0\",\"id\":{++_id},\"method\":\"{method}\",\"params\":{parameters}}}");
        _process.StandardInput.Flush();
        var answer = _process.StandardOutput.ReadLine();
        return answer?.Contains("\"result\"", StringComparison.Ordinal) == true && !answer.Contains("\"isError\"", StringComparison.Ordinal)
            ? answer
            : throw new InvalidOperationException($"'{method}' with {parameters} was answered by '{answer}'.");
    }

    public string Hello() => Ask("initialize", """{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"bench","version":"1"}}""");

    public string Search(string query, string mode = "hybrid") =>
        Ask("tools/call", $"{{\"name\":\"search\",\"arguments\":{{\"query\":\"{query}\",\"mode\":\"{mode}\",\"k\":5}}}}");

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
