using System.Diagnostics;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>To prove that a store is in step needs no right to write to it.</summary>
public sealed class ReadOnlyStoreTests : IDisposable
{
    private readonly Workspace _work = new();

    public ReadOnlyStoreTests()
    {
        for (var i = 0; i < 4; i++)
        {
            _work.Write($"docs/{i}.md", Prose.Markdown(i));
        }
    }

    public void Dispose()
    {
        Mode("u+rwX", ".");
        _work.Dispose();
    }

    [Theory]
    [InlineData("a-w,a+r", "a+rwx")]
    [InlineData("a-w,a+r", "a-w,a+rx")]
    public async Task A_file_in_a_folder_is_compared_as_any_other(string file, string folder)
    {
        await _work.SyncAsync("docs");
        Mode(file, Workspace.Database);
        Mode(folder, ".tidemark");

        var report = (await VerifyAsync("docs")).ShouldExit(0).Json;

        ((bool)report["inSync"]!).ShouldBeTrue();
        ((long)report["keywords"]!).ShouldBeGreaterThan(0);
        _work.Write("docs/new.md", "# New\n");
        ((long)(await VerifyAsync("docs")).ShouldExit(4).Json["sourceMissing"]!).ShouldBe(1);
    }

    [Fact]
    public async Task A_keyword_index_that_is_not_that_of_the_texts_is_found_there_too()
    {
        await _work.SyncAsync("docs");
        StoreFile.Execute(
            _work.PathOf(Workspace.Database),
            "UPDATE keyword_1_docsize SET sz = x'09' WHERE id = (SELECT min(id) FROM keyword_1_docsize)");
        Mode("a-w,a+r", Workspace.Database);
        Mode("a-w,a+rx", ".tidemark");

        var report = (await VerifyAsync()).ShouldExit(4).Json;

        ((bool)report["inSync"]!).ShouldBeFalse();
        ((long)report["stale"]!).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_role_of_a_server_that_may_only_select_is_enough()
    {
        await using var server = new ServerWorkspace();
        server.Files.Write("docs/a.md", Prose.Markdown(1));
        await server.Files.SyncAsync("docs");
        var role = "reader_" + server.Schema;
        await server.ExecuteAsync(
            $"create role {role} login; grant usage on schema {server.Schema} to {role}; "
            + $"grant select on all tables in schema {server.Schema} to {role}");
        try
        {
            var url = $"postgres://{role}{server.Url[server.Url.IndexOf('@', StringComparison.Ordinal)..]}";

            await server.Files.VerifyCleanAsync("docs", "--store", url);

            server.Files.Write("docs/b.md", Prose.Markdown(2));
            (await server.Files.RunAsync("verify", "docs", "--store", url, "--json")).ShouldExit(4);
            (await server.Files.RunAsync("verify", "--repair", "docs", "--store", url, "--json")).ShouldFail(1, "store.access");
        }
        finally
        {
            await server.ExecuteAsync($"drop owned by {role}; drop role {role}");
        }
    }

    /// <summary>As somebody whom the modes of files bind, which an administrator is not.</summary>
    private async Task<ProcessResult> VerifyAsync(params string[] sources)
    {
        Mode("a+rx", ".");
        string[] command = [TidemarkProcess.Executable, "verify", .. sources, "--json"];
        string[] nobody = Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", .. command]
            : command;
        var start = new ProcessStartInfo(nobody[0], nobody[1..])
        {
            WorkingDirectory = _work.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["HOME"] = _work.Root;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return new ProcessResult("tidemark verify without the right to write", process.ExitCode, output, await errors);
    }

    private void Mode(string mode, string path)
    {
        using var chmod = Process.Start("chmod", [mode, _work.PathOf(path)]);
        chmod.WaitForExit();
    }
}
