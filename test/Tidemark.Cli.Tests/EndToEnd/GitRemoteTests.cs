using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Repositories that lie elsewhere, by each way that git has which needs nothing but this machine, named by either kind of hashes.</summary>
public sealed class GitRemoteTests : IDisposable
{
    private readonly Workspace _work = new();

    public GitRemoteTests() => _work.Environment["XDG_CACHE_HOME"] = _work.PathOf("cache");

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("file", "sha1")]
    [InlineData("file", "sha256")]
    [InlineData("ssh", "sha1")]
    [InlineData("ssh", "sha256")]
    [InlineData("scp", "sha1")]
    [InlineData("git", "sha1")]
    [InlineData("git", "sha256")]
    public async Task What_is_committed_there_is_fetched_and_followed(string way, string format)
    {
        Git("init", "--quiet", "--initial-branch=main", $"--object-format={format}", ".");
        Git("config", "user.name", "somebody");
        Git("config", "user.email", "somebody@example.org");
        Git("config", "uploadpack.allowAnySHA1InWant", "true"); // as those do that many people use
        _work.Write("remote/docs/install.md", "# Install\n\nUnpack it.\n").Write("remote/docs/use.md", "# Use\n\nRun it.\n");
        Commit();
        using var daemon = way == "git" ? new Daemon(_work.PathOf("")) : null;
        var address = AddressOf(way, daemon);

        (await _work.SyncAsync($"git:{address}@main//docs")).ShouldCount(added: 2);
        (await _work.SyncAsync($"git:{address}@main//docs")).ShouldBeNoOp();
        _work.Edit("remote/docs/use.md", "Run it.", "Start it.");
        Commit();
        (await _work.SyncAsync($"git:{address}@main//docs")).ShouldCount(updated: 1, skipped: 1).ShouldEmbed(1);
        var commit = Git("rev-parse", "HEAD~1").Trim();

        commit.Length.ShouldBe(format == "sha1" ? 40 : 64);
        (await _work.SyncAsync($"git:{address}@{commit}//docs")).ShouldCount(updated: 1, skipped: 1).ShouldEmbed(0);
    }

    [Fact]
    public async Task One_that_was_made_anew_with_other_hashes_is_fetched_anew()
    {
        foreach (var format in (string[])["sha1", "sha256", "sha1"])
        {
            _work.Write("remote/docs/install.md", "# Install\n\nUnpack it.\n");
            Git("init", "--quiet", "--initial-branch=main", $"--object-format={format}", ".");
            Git("config", "user.name", "somebody");
            Git("config", "user.email", "somebody@example.org");
            Commit();

            await _work.SyncAsync($"git:file://{_work.PathOf("remote")}@main//docs");

            _work.Documents(await _work.ExportAsync()).ShouldHaveSingleItem();
            Directory.Delete(_work.PathOf("remote/.git"), recursive: true);
        }
    }

    /// <summary>Instead of a server of ssh, a program that is called as one is and runs what it is told here.</summary>
    private string AddressOf(string way, Daemon? daemon)
    {
        var path = _work.PathOf("remote");
        if (way is "ssh" or "scp")
        {
            _work.Write("ssh", "#!/bin/sh\nfor last; do :; done\nexec sh -c \"$last\"\n");
            _work.Environment["GIT_SSH_COMMAND"] = $"sh {_work.PathOf("ssh")}";
        }

        return way switch
        {
            "file" => $"file://{path}",
            "ssh" => $"ssh://somebody@host.example{path}",
            "scp" => $"somebody@host.example:{path}",
            _ => $"git://127.0.0.1:{daemon!.Port}/remote/.git",
        };
    }

    private void Commit()
    {
        Git("add", "--all");
        Git("commit", "--quiet", "-m", "x");
    }

    private string Git(params string[] arguments)
    {
        Directory.CreateDirectory(_work.PathOf("remote"));
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = _work.PathOf("remote"),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_CONFIG_NOSYSTEM"] = "1" },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, string.Join(' ', arguments));
        return output;
    }

    /// <summary>git's own server.</summary>
    private sealed class Daemon : IDisposable
    {
        private readonly Process _process;

        public Daemon(string folder)
        {
            using (var free = new TcpListener(IPAddress.Loopback, 0))
            {
                free.Start();
                Port = ((IPEndPoint)free.LocalEndpoint).Port;
            }

            _process = Process.Start(new ProcessStartInfo(
                "git", ["daemon", "--listen=127.0.0.1", $"--port={Port}", "--export-all", "--reuseaddr", $"--base-path={folder}"])
            {
                UseShellExecute = false,
                Environment = { ["GIT_CONFIG_COUNT"] = "1", ["GIT_CONFIG_KEY_0"] = "safe.directory", ["GIT_CONFIG_VALUE_0"] = "*" },
            })!;
            for (var tries = 0; !IsListening(); tries++)
            {
                tries.ShouldBeLessThan(200);
                Thread.Sleep(25);
            }
        }

        public int Port { get; }

        public void Dispose()
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
            _process.Dispose();
        }

        private bool IsListening()
        {
            try
            {
                using var client = new TcpClient();
                client.Connect(IPAddress.Loopback, Port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }
    }
}
