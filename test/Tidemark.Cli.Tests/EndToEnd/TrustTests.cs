using System.Diagnostics;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>A configuration that comes with a folder gets no secret, no program and no place beyond it without being trusted.</summary>
public sealed class TrustTests : IDisposable
{
    private const string Exfiltration = """
        { "embedding": { "model": "openai:m:8", "baseUrl": "http://127.0.0.1:9/v1", "keyVariable": "AWS_SECRET_ACCESS_KEY" },
          "sources": [ "docs" ] }
        """;

    private const string Program = """
        { "sources": [ "docs" ], "extractors": [ { "glob": "**/*.md", "command": [ "/bin/sh", "-c", "id > PWNED; cat" ] } ] }
        """;

    private readonly Workspace _outer = new();

    public void Dispose() => _outer.Dispose();

    public static TheoryData<string, string> Reaching => new()
    {
        { Exfiltration, "embedding.keyVariable" },
        { Program, "extractors[0].command" },
        { """{ "sources": [ "../secret" ] }""", "sources[0].path" },
        { """{ "sources": [ "docs", { "path": "linked" } ] }""", "sources[1].path" },
        { """{ "sources": [ "docs", { "git": ".", "path": "docs", "name": "tree" } ] }""", "sources[1].git" },
        { """{ "sources": [ { "git": "https://user:secret@example.org/handbook" } ] }""", "sources[0].git" },
        { """{ "store": "sqlite:../elsewhere.db" }""", "store" },
        { """{ "store": "sqlite:linked/t.db" }""", "store" },
        { """{ "store": "postgres://somebody@db.example.org/x" }""", "store" },
        { """{ "index": "chroma:http://127.0.0.1:9/handbook" }""", "index" },
        { """{ "embedding": { "baseUrl": "https://collector.example.org/v1" } }""", "embedding.baseUrl" },
        { """{ "embedding": { "keyVariable": "AWS_SECRET_ACCESS_KEY" } }""", "embedding.keyVariable" },
        { """{ "embedding": { "tokenizer": "../vocab.txt" } }""", "embedding.tokenizer" },
        { """{ "embedding": { "tokenizer": "linked/vocab.txt" } }""", "embedding.tokenizer" },
        { """{ "telemetry": { "endpoint": "http://127.0.0.1:9" } }""", "telemetry.endpoint" },
    };

    [Theory]
    [MemberData(nameof(Reaching))]
    public async Task What_reaches_beyond_the_folder_is_listed_and_nothing_is_done(string settings, string wants)
    {
        Prepare(settings);

        foreach (var command in (string[][])[["sync", "docs"], ["plan", "docs"], ["status"], ["verify", "docs"], ["search", "x"]])
        {
            var error = (await RunAsync([.. command, "--json"])).ShouldFail(2, "configuration.untrusted");

            ((string)error["message"]!).ShouldContain(wants);
            error["wants"]!.AsArray().Select(w => (string)w!["setting"]!).ShouldContain(wants);
        }

        File.Exists(_outer.PathOf("project/PWNED")).ShouldBeFalse();
        File.Exists(_outer.PathOf("elsewhere.db")).ShouldBeFalse();
        Directory.Exists(_outer.PathOf("project/.tidemark")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{ "sources": [ "docs" ], "store": "sqlite:index/t.db", "chunking": { "size": 900 } }""")]
    [InlineData("""{ "sources": [ "docs" ], "embedding": { "tokenizer": "models/vocab.txt" } }""")]
    [InlineData("""{ "sources": [ "docs", "inside" ], "index": "store" }""")]
    [InlineData("""{ "embedding": { "baseUrl": "http://localhost:11434/v1" }, "sources": [ "docs" ] }""")]
    public async Task What_stays_in_the_folder_or_asks_this_machine_without_a_key_needs_no_trust(string settings)
    {
        Prepare(settings);

        (await RunAsync("sync", "docs", "--embedder", "hashing:64")).ShouldExit(0);
    }

    [Fact]
    public async Task A_key_that_would_go_along_to_this_machine_needs_trust()
    {
        Prepare("""{ "embedding": { "baseUrl": "http://localhost:11434/v1" } }""");
        _outer.Environment["OPENAI_API_KEY"] = "sk-1";

        (await RunAsync("sync", "docs", "--json")).ShouldFail(2, "configuration.untrusted");
    }

    [Fact]
    public async Task Trust_is_given_once_for_these_settings_and_taken_back()
    {
        Prepare(Program);
        (await RunAsync("trust")).ShouldExit(0).Output.ShouldContain("extractors[0].command");

        (await RunAsync("sync")).ShouldExit(0);
        Edit("\"docs\"", "\"docs\", \"inside\"");
        (await RunAsync("sync")).ShouldExit(0); // what stays inside may change
        Edit("cat\"", "cat; id\"");
        (await RunAsync("sync")).ShouldExit(2);
        Edit("cat; id\"", "cat\"");
        (await RunAsync("sync")).ShouldExit(0);

        var list = (await RunAsync("trust", "--list", "--json")).Json.AsArray();
        ((string)list.ShouldHaveSingleItem()!["file"]!).ShouldBe(_outer.PathOf("project/tidemark.json"));
        (await RunAsync("trust", "--revoke", "--json")).ShouldExit(0);
        (await RunAsync("sync")).ShouldExit(2);
        (await RunAsync("trust", "--list", "--json")).Json.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_trusted_file_elsewhere_is_another_file()
    {
        Prepare(Program);
        (await RunAsync("trust", "tidemark.json")).ShouldExit(0);
        _outer.Write("other/tidemark.json", Program).Write("other/docs/a.md", "# A\n");

        (await _outer.RunInAsync("other", Around(), "sync", "--json")).ShouldFail(2, "configuration.untrusted");
    }

    [Fact]
    public async Task What_is_trusted_is_kept_under_the_configuration_folder_for_its_owner_alone()
    {
        Prepare(Program);
        _outer.Environment["XDG_CONFIG_HOME"] = _outer.PathOf("xdg");

        (await RunAsync("trust")).ShouldExit(0);

        var file = Directory.GetFiles(_outer.PathOf("xdg/tidemark"), "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        (await RunAsync("status", "--json")).ShouldFail(2, "store.missing");
    }

    [Fact]
    public async Task Automation_says_so_in_its_environment()
    {
        Prepare(Program);
        _outer.Environment["TIDEMARK_TRUST"] = "1";

        (await RunAsync("sync")).ShouldExit(0);

        File.Exists(_outer.PathOf("project/PWNED")).ShouldBeTrue();
    }

    [Fact]
    public async Task Init_trusts_what_it_writes()
    {
        _outer.Write("project/docs/a.md", "# A\n");

        (await RunAsync("init", "--store", "sqlite:../index.db")).ShouldExit(0);

        (await RunAsync("sync")).ShouldExit(0);
        (await RunAsync("trust", "--list", "--json")).Json.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Init_takes_nothing_from_behind_a_link()
    {
        _outer.Write("elsewhere/a.md", "# A\n").Write("project/notes/b.md", "# B\n");
        Directory.CreateSymbolicLink(_outer.PathOf("project/docs"), "../elsewhere");

        (await RunAsync("init", "--json")).ShouldExit(0).Json["sources"]!.AsArray()
            .Select(source => (string)source!["path"]!).ShouldBe(["notes"]);

        (await RunAsync("trust", "--list", "--json")).Json.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Init_writes_through_no_link()
    {
        _outer.Write("victim", "precious").Write("project/docs/a.md", "# A\n");
        File.CreateSymbolicLink(_outer.PathOf("project/.tidemark.schema.json"), _outer.PathOf("victim"));

        (await RunAsync("init")).ShouldExit(0);

        (await File.ReadAllTextAsync(_outer.PathOf("victim"), TestContext.Current.CancellationToken)).ShouldBe("precious");
    }

    [Theory]
    [InlineData("y", 0)]
    [InlineData("n", 2)]
    [InlineData("", 2)]
    public async Task On_a_terminal_it_asks_there_and_then(string answer, int exit)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "script(1) makes a terminal");
        Prepare(Program);

        var shown = await OnTerminalAsync($"printf '{answer}\\n' | script -qec '\"{TidemarkProcess.Executable}\" sync; echo code $?' /dev/null");

        shown.ShouldContain("extractors[0].command");
        shown.ShouldContain("id > PWNED; cat");
        shown.ShouldContain("[y/N]");
        shown.ShouldContain($"code {exit}");
        File.Exists(_outer.PathOf("project/PWNED")).ShouldBe(exit == 0);
    }

    [Fact]
    public async Task A_file_of_another_user_is_refused_and_not_looked_for_above_folders_of_another_one()
    {
        Assert.SkipUnless(System.Environment.UserName == "root", "only root can give files away");
        Prepare("""{ "namespace": "theirs" }""");
        Shell("chown 12345 project/tidemark.json");
        (await RunAsync("status", "--json")).ShouldFail(2, "configuration.untrusted");
        _outer.Environment["TIDEMARK_TRUST"] = "1";
        (await RunAsync("status", "--json")).ShouldFail(2, "configuration.untrusted");
        (await RunAsync("trust", "--json")).ShouldFail(2, "configuration.untrusted");

        Directory.CreateDirectory(_outer.PathOf("project/inner"));
        Shell("chown 12345 project && chown 0 project/tidemark.json");
        (await _outer.RunInAsync("project/inner", Around(), "status", "--json")).ShouldFail(2, "store.missing")["message"]!
            .ToString().ShouldContain("inner/.tidemark");
    }

    [Fact]
    public async Task The_search_upward_ends_at_the_home_folder()
    {
        _outer.Write("tidemark.json", "{ \"namespace\": \"above\" }").Write("home/docs/a.md", "# A\n");

        await _outer.RunInAsync("home", Around(home: "home"), "sync", "docs");

        File.Exists(_outer.PathOf("home/.tidemark/tidemark.db")).ShouldBeTrue();
        File.Exists(_outer.PathOf(".tidemark/tidemark.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_that_is_not_in_the_working_directory_is_named()
    {
        Prepare("""{ "sources": [ "docs" ] }""");
        (await RunAsync("sync")).ShouldExit(0).Errors.ShouldNotContain("tidemark.json");

        var below = await _outer.RunInAsync("project/docs", Around(), "status");

        below.ShouldExit(0).Errors.ShouldContain("../tidemark.json");
        (await _outer.RunInAsync("project/docs", Around(), "status", "--quiet")).Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_goes_over_https_or_to_this_machine_only()
    {
        Prepare("{}");
        _outer.Environment["OPENAI_API_KEY"] = "sk-sesame";
        _outer.Environment["OPENAI_BASE_URL"] = "http://model.example.org/v1";

        var result = await RunAsync("sync", "docs", "--embedder", "openai:m:8", "--json");

        ((string)result.ShouldFail(2, "configuration.invalid")["message"]!).ShouldContain("unencrypted");
        (result.Output + result.Errors).ShouldNotContain("sesame");
    }

    private void Prepare(string settings)
    {
        _outer.Write("project/tidemark.json", settings).Write("project/docs/a.md", "# A\n\nx\n").Write("project/real/b.md", "# B\n")
            .Write("secret/s.md", "# Secret\n");
        Directory.CreateSymbolicLink(_outer.PathOf("project/linked"), "../secret");
        Directory.CreateSymbolicLink(_outer.PathOf("project/inside"), "real");
    }

    private void Edit(string old, string @new) => _outer.Edit("project/tidemark.json", old, @new);

    private Task<ProcessResult> RunAsync(params string[] arguments) => _outer.RunInAsync("project", Around(), arguments);

    private Dictionary<string, string> Around(string home = ".") => new(_outer.Environment, StringComparer.Ordinal)
    {
        ["HOME"] = Path.GetFullPath(_outer.PathOf(home)),
    };

    private void Shell(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script]) { WorkingDirectory = _outer.Root })!;
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
    }

    private async Task<string> OnTerminalAsync(string script)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", script])
        {
            WorkingDirectory = _outer.PathOf("project"),
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in Around())
        {
            start.Environment[name] = value;
        }

        start.Environment["SHELL"] = "/bin/sh";
        start.Environment.Remove("TIDEMARK_TRUST");
        using var process = Process.Start(start)!;
        var shown = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return shown;
    }
}
