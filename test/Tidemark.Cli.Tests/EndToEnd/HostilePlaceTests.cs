using System.Diagnostics;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Pipes and devices where files are expected, closed streams, folders that are gone, rights that are missing.</summary>
public sealed class HostilePlaceTests : IDisposable
{
    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("mkfifo tidemark.json", "status", "configuration.invalid", 2)]
    [InlineData("ln -s /dev/zero tidemark.json", "status", "configuration.invalid", 2)]
    [InlineData("yes '// x' | head -c 2000000 > tidemark.json", "status", "configuration.invalid", 2)]
    [InlineData("mkdir tidemark.json", "status", "configuration.invalid", 2)]
    [InlineData("ln -s gone tidemark.json", "status", "configuration.invalid", 2)]
    [InlineData("ln -s tidemark.json tidemark.json", "status", "configuration.invalid", 2)]
    [InlineData("mkfifo p.json", "apply p.json", "plan.invalid", 2)]
    [InlineData("mkfifo p.json", "plan docs --out p.json", "output.failed", 1)]
    [InlineData("mkdir p.json", "plan docs --out p.json", "output.failed", 1)]
    [InlineData("ln -s /dev/zero p.json", "apply p.json", "plan.invalid", 2)]
    [InlineData("mkfifo l.jsonl", "sync l.jsonl", "source.unreadable", 1)]
    [InlineData("ln -s /dev/zero l.jsonl", "sync l.jsonl", "source.unreadable", 1)]
    [InlineData("ln -s /dev/zero zero", "sync zero", "usage", 2)]
    [InlineData("mkfifo pl.fifo", "sync pl.fifo", "usage", 2)]
    [InlineData("mkfifo l.jsonl", "enqueue l.jsonl", "source.unreadable", 1)]
    [InlineData("ln -s /dev/zero l.jsonl", "import l.jsonl", "source.unreadable", 1)]
    [InlineData("mkfifo t.db", "sync docs --store sqlite:t.db", "store.foreign", 7)]
    [InlineData("mkdir .tidemark && ln -s ../victim .tidemark/tidemark.db.lock", "sync docs", "store.foreign", 7)]
    [InlineData("mkdir .tidemark && ln -s ../victim .tidemark/tidemark.db", "sync docs", "store.foreign", 7)]
    [InlineData("mkdir .tidemark && ln victim .tidemark/tidemark.db.lock", "sync docs", "store.foreign", 7)]
    public async Task What_is_no_regular_file_is_refused_at_once(string make, string call, string code, int exit)
    {
        _work.Write("docs/a.md", "# A\n").Write("victim", "precious");
        await ShellAsync(make);

        (await _work.RunAsync([.. call.Split(' '), "--json"])).ShouldFail(exit, code);

        (await File.ReadAllTextAsync(_work.PathOf("victim"), TestContext.Current.CancellationToken)).ShouldBe("precious");
    }

    [Theory]
    [InlineData("sync docs")]
    [InlineData("search evil")]
    [InlineData("plan docs")]
    public async Task A_default_folder_that_is_a_link_leads_to_nobodys_index(string call)
    {
        _work.Write("victim/docs/a.md", "# Precious\n").Write("docs/a.md", "# Evil\n");
        await ShellAsync($"cd victim && '{TidemarkProcess.Executable}' sync docs");
        await ShellAsync("ln -s victim/.tidemark .tidemark");

        (await _work.RunAsync([.. call.Split(' '), "--json"])).ShouldFail(7, ErrorCodes.StoreForeign);

        (await ShellAsync($"cd victim && '{TidemarkProcess.Executable}' search precious --mode keyword")).ShouldContain("docs/a.md");
    }

    [Fact]
    public async Task Whatever_the_umask_a_store_and_a_plan_are_their_owners_alone()
    {
        _work.Write("docs/a.md", "# A\n");

        await ShellAsync($"umask 000; '{TidemarkProcess.Executable}' sync docs && '{TidemarkProcess.Executable}' plan docs --out p.json");

        (await ShellAsync("stat -c '%a %n' .tidemark .tidemark/.gitignore .tidemark/tidemark.db .tidemark/tidemark.db.lock p.json"))
            .ShouldBe("700 .tidemark\n600 .tidemark/.gitignore\n600 .tidemark/tidemark.db\n600 .tidemark/tidemark.db.lock\n600 p.json\n");
        (await ShellAsync("git init -q . && git status --porcelain")).ShouldNotContain(".tidemark");
    }

    [Fact]
    public async Task A_plan_is_written_through_no_link()
    {
        _work.Write("docs/a.md", "# A\n").Write("victim", "precious");
        await ShellAsync("ln -s victim p.json");

        (await _work.RunAsync("plan", "docs", "--out", "p.json")).ShouldExit(0).Errors.ShouldContain("'p.json' is a link: the plan takes its place");

        (await _work.RunAsync("plan", "docs", "--out", "p.json")).ShouldExit(0).Errors.ShouldNotContain("link");
        (await File.ReadAllTextAsync(_work.PathOf("victim"), TestContext.Current.CancellationToken)).ShouldBe("precious");
    }

    [Fact]
    public async Task A_pipe_under_the_name_of_a_plan_stays_one()
    {
        _work.Write("docs/a.md", "# A\n");
        await ShellAsync("mkfifo p.json");

        (await _work.RunAsync("plan", "docs", "--out", "p.json", "--json")).ShouldFail(1, ErrorCodes.OutputFailed);

        (await ShellAsync("stat -c %F p.json; ls -A")).ShouldBe("fifo\ndocs\np.json\n");
    }

    [Theory]
    [InlineData("mkfifo t.db", "store.foreign", 7)]
    [InlineData("ln -s gone t.db", "store.foreign", 7)]
    [InlineData("ln -s victim t.db", "store.foreign", 7)]
    [InlineData("mkdir t.db", "store.foreign", 7)]
    [InlineData("ln -s /dev/zero t.db", "store.foreign", 7)]
    [InlineData("cp victim t.db", "store.foreign", 7)]
    public async Task A_copy_goes_onto_nothing_that_is_somebodys(string make, string code, int exit)
    {
        _work.Write("docs/a.md", "# A\n").Write("victim", "precious");
        await _work.SyncAsync("docs");
        await ShellAsync(make);
        var before = await ShellAsync("stat -c '%F %s' t.db; cat victim; ls -A");

        (await _work.RunAsync("store", "copy", "--to", "sqlite:t.db", "--json")).ShouldFail(exit, code);

        (await ShellAsync("stat -c '%F %s' t.db; cat victim; ls -A")).ShouldBe(before);
    }

    [Theory]
    [InlineData("sync - < /dev/zero")]
    [InlineData("enqueue - < /dev/zero")]
    [InlineData("sync - < <(cat /dev/zero)")]
    public async Task What_goes_on_without_a_line_end_is_given_up(string call)
    {
        var shown = await ShellAsync($"'{TidemarkProcess.Executable}' {call} --json 2>&1; echo code $?");

        shown.ShouldContain(ErrorCodes.SourceTooLarge);
        shown.ShouldContain("line 1 has no end after");
        shown.ShouldContain("code 1");
    }

    [Fact]
    public async Task What_init_writes_is_no_document_and_not_counted()
    {
        _work.Write("a.md", "# A\n");
        (await _work.RunAsync("init")).ShouldExit(0);

        var synced = (await _work.RunAsync("sync", ".", "--include", "**", "--json")).ShouldExit(0).Json;

        ((int)synced["documents"]!["added"]!).ShouldBe(2, "a.md and tidemark.json, since everything was asked for");
        (await _work.RunAsync("list", "--json")).Output.ShouldNotContain("schema");
        (await _work.RunAsync("sync", ".", "--json", "--allow-delete")).ShouldExit(0).Json["notTaken"]!.ToJsonString().ShouldBe("{}");
    }

    [Theory]
    [InlineData("sync - < docs", "standard input is a folder")]
    [InlineData("enqueue - < docs", "standard input is a folder")]
    [InlineData("sync - 0> written", "standard input is open for writing only")]
    [InlineData("enqueue - 0>> written", "standard input is open for writing only")]
    public async Task A_standard_input_that_cannot_be_read_is_an_error_at_once(string call, string says)
    {
        _work.Write("docs/a.md", "# A\n");

        var shown = await ShellAsync($"'{TidemarkProcess.Executable}' {call} --json 2>&1; echo code $?");

        shown.ShouldContain(says);
        shown.ShouldContain(ErrorCodes.Usage);
        shown.ShouldContain("code 2");
    }

    [Fact]
    public async Task Pipes_sockets_and_links_that_lead_out_are_mentioned()
    {
        _work.Write("docs/a.md", "# A\n").Write("secret.md", "secret");
        await ShellAsync("cd docs && mkfifo p.md other && ln -s ../secret.md l.md && ln -s .. out && ln -s loop.md loop.md && ln -s a.md in.md");

        var left = (await _work.RunAsync("sync", "docs", "--json")).ShouldExit(0).Json["notTaken"]!;
        var status = (await _work.RunAsync("status", "--json")).ShouldExit(0).Json["notTaken"]!;
        var told = await _work.RunAsync("sync", "docs");

        left.ToJsonString().ShouldBe("""{"link":3,"special":1}""");
        status.ToJsonString().ShouldBe(left.ToJsonString());
        (told.Output + told.Errors).ShouldContain("1 pipe, socket or device not opened");
    }

    [Theory]
    [InlineData("sync - <&-", "standard input is closed")]
    [InlineData("enqueue - <&-", "standard input is closed")]
    [InlineData("status >&-", "standard output is closed")]
    public async Task A_closed_stream_is_an_error_at_once(string call, string says)
    {
        _work.Write("docs/a.md", "# A\n");
        await _work.SyncAsync("docs");

        var shown = await ShellAsync($"'{TidemarkProcess.Executable}' {call} 2>&1 | cat; exit 0");
        shown = shown.Length > 0 ? shown : await ShellAsync($"'{TidemarkProcess.Executable}' {call} 2>errors; cat errors");

        shown.ShouldContain(says);
    }

    [Fact]
    public async Task A_working_directory_that_is_gone_is_an_error()
    {
        var shown = await ShellAsync(
            $"mkdir gone && cd gone && rmdir ../gone && '{TidemarkProcess.Executable}' status --json; echo code $?");

        shown.ShouldContain("the working directory is not there");
        shown.ShouldContain("code 2");
    }

    [Fact]
    public async Task No_more_file_descriptors_is_said_so_and_is_no_other_run()
    {
        _work.Write("docs/a.md", "# A\n");
        await _work.SyncAsync("docs");
        var shown = new List<string>();
        for (var limit = 20; limit < 300; limit += 2)
        {
            shown.Add(await ShellAsync($"ulimit -n {limit}; '{TidemarkProcess.Executable}' sync docs --json 2>&1 | head -c 3000"));
        }

        shown.ShouldAllBe(text => !text.Contains("run.locked", StringComparison.Ordinal));
        shown.Skip(40).ShouldAllBe(text => !text.Contains("internal", StringComparison.Ordinal), "from a limit of 100 on");
        (await ShellAsync($"ulimit -n 62; '{TidemarkProcess.Executable}' sync docs 2>&1")).ShouldContain("raise the limit: ulimit -n");
    }

    [Fact]
    public async Task A_folder_that_may_not_be_entered_is_no_missing_store_and_no_missing_source()
    {
        _work.Write("shut/docs/a.md", "# A\n").Write("free/b.md", "# B\n");
        await _work.SyncAsync("shut/docs", "--store", "sqlite:shut/t.db");
        await ShellAsync("chmod 700 shut; chmod 755 .; [ $(id -u) != 0 ] || chown nobody free; [ $(id -u) != 0 ] || chown daemon shut; "
            + "[ $(id -u) = 0 ] || chmod 0 shut");

        var store = await AsNobodyAsync("status --store sqlite:../shut/t.db --json");
        var plan = await AsNobodyAsync("plan . --store sqlite:../shut/t.db --json");
        var source = await AsNobodyAsync("plan ../shut/docs --json");

        store.ShouldContain("store.read-only");
        store.ShouldContain("Permission denied");
        plan.ShouldContain("store.read-only");
        source.ShouldContain("source.unreadable");
        await ShellAsync("chmod 700 shut");
    }

    [Fact]
    public async Task Characters_that_turn_text_around_or_hide_it_reach_no_terminal_and_are_escaped_in_JSON()
    {
        const string Bad = "a\u202Eb\u2066c\u200Bd\u061Ce\uDB40\uDC41f\u0085g";
        _work.Write($"docs/{Bad}.md", $"---\nauthor: \"{Bad}\"\n---\n# {Bad}\n\nanchor {Bad}\n").Write("docs/x.md", [0xFF, 0xFE, 0x00]);
        foreach (var call in (string[])
            [
                "sync docs --verbose", "sync docs --force --json", "search anchor", "search anchor --json", "list", "list --json",
                $"show docs/{Bad}.md", $"show docs/{Bad}.md --json", $"show nothing-{Bad} --verbose", "export", "plan docs --rehash --verbose",
                $"sync {Bad}.jsonl --json --verbose",
            ])
        {
            var result = await _work.RunAsync(call.Split(' '));

            foreach (var unsafeText in (string[])["\u202E", "\u2066", "\u200B", "\u061C", "\uDB40\uDC41", "\u0085"])
            {
                (result.Output + result.Errors).Contains(unsafeText, StringComparison.Ordinal).ShouldBeFalse(call);
            }
        }

        var lines = (await _work.RunAsync("export")).JsonLines;
        lines.ShouldContain(line => (string)line["document"]! == $"docs/{Bad}.md");
    }

    private async Task<string> AsNobodyAsync(string call)
    {
        var script = $"cd free && '{TidemarkProcess.Executable}' {call}";
        return System.Environment.UserName == "root"
            ? await ShellAsync($"chmod 755 \"$PWD\"; setpriv --reuid=65534 --regid=65534 --clear-groups sh -c \"HOME=/nonexistent; export HOME; {script}\"; exit 0")
            : await ShellAsync(script + "; exit 0");
    }

    [Theory]
    [InlineData("sync docs", 3)]
    [InlineData("sync docs --json", 3)]
    [InlineData("verify docs", 3)]
    [InlineData("verify docs --json", 3)]
    [InlineData("sync docs --exclude '*' --max-delete 0", 5)]
    [InlineData("search lantern", 0)]
    public async Task A_reader_that_has_gone_makes_no_success_of_what_is_none(string command, int exit)
    {
        _work.Write("docs/a.md", "# Lantern\n\nA lantern on a boat.\n");
        (await _work.RunAsync("sync", "docs")).ShouldExit(0);
        File.WriteAllBytes(_work.PathOf("docs/bad.md"), [0xC3, 0x28]);

        // A pipe whose only reader is closed before the command begins.
        (await ShellAsync($"mkfifo gone; exec 3<>gone 4>gone 3<&-; '{TidemarkProcess.Executable}' {command} >&4 2>/dev/null; echo $?"))
            .ShouldBe($"{exit}\n");
    }

    private async Task<string> ShellAsync(string script)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-c", script])
        {
            WorkingDirectory = _work.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["HOME"] = _work.Root;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }
}
