using Microsoft.Win32.SafeHandles;
using Shouldly;
using Tidemark.Documents;
using Tidemark.Formats;
using Xunit;

namespace Tidemark.Tests.Formats;

/// <summary>Programs that behave, and programs that do not.</summary>
public sealed class CommandExtractorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tidemark-commands-").FullName;

    private readonly List<SafeFileHandle> _opened = [];

    public void Dispose()
    {
        _opened.ForEach(file => file.Dispose());
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Standard_output_is_the_document()
    {
        var text = await ExtractAsync("# Heading\n\nNaïve text.\n", ["cat", "{file}"]);

        text.ShouldBe("# Heading\n\nNaïve text.\n");
    }

    [Fact]
    public async Task Without_a_placeholder_the_file_comes_on_standard_input()
    {
        (await ExtractAsync("over the pipe", ["tr", "a-z", "A-Z"])).ShouldBe("OVER THE PIPE");
    }

    [Fact]
    public async Task A_program_that_does_not_read_its_input_is_no_failure()
    {
        (await ExtractAsync(new string('x', 1_000_000), ["echo", "done"])).ShouldBe("done\n");
    }

    [Fact]
    public async Task No_shell_sees_the_arguments()
    {
        var text = await ExtractAsync("x", ["printf", "%s|", "$HOME", "a b", "; echo no", "*", "[{file}]"], name: "-n $(id).x");

        text.ShouldBe($"$HOME|a b|; echo no|*|[{Path.Combine(_folder, "-n $(id).x")}]|");
    }

    [Fact]
    public async Task A_program_beside_the_settings_is_found_by_its_relative_path()
    {
        Script("tools/upper", "tr a-z A-Z < \"$1\"; pwd");

        (await ExtractAsync("text\n", ["tools/upper", "{file}"])).ShouldBe($"TEXT\n{_folder}\n");
    }

    [Fact]
    public async Task A_program_named_without_a_path_is_never_taken_from_where_the_documents_are()
    {
        var name = $"reader-{Environment.ProcessId}";
        Script(name, "echo taken");
        var working = Path.Combine(Environment.CurrentDirectory, name);
        File.Copy(Path.Combine(_folder, name), working);
        try
        {
            var failure = await Should.ThrowAsync<ItemException>(ExtractAsync("x", [name, "{file}"]));

            (failure.Code, failure.Message.Contains("no folder of PATH", StringComparison.Ordinal)).ShouldBe((ErrorCodes.ExtractorMissing, true));
        }
        finally
        {
            File.Delete(working);
        }
    }

    [Fact]
    public async Task The_exit_code_counts_and_the_end_of_the_complaint_is_told()
    {
        Script("fails", "echo partial; for i in $(seq 2000); do echo noise $i >&2; done; printf 'not a \\033[31mPDF\\n' >&2; exit 7");

        var refusal = await RefusedAsync(ErrorCodes.ExtractorFailed, ["./fails", "{file}"]);

        refusal.Message.ShouldContain("exit code 7");
        refusal.Message.ShouldEndWith("not a [31mPDF");
        refusal.Message.Length.ShouldBeLessThan(1_000);
        refusal.Message.ShouldNotContain('\u001b');
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_named()
    {
        var refusal = await RefusedAsync(ErrorCodes.ExtractorMissing, ["no-such-program", "{file}"]);

        refusal.Message.ShouldContain("'no-such-program'");
    }

    [Fact]
    public async Task A_program_that_may_not_be_started_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "data"), "no program", TestContext.Current.CancellationToken);

        await RefusedAsync(ErrorCodes.ExtractorMissing, ["./data", "{file}"]);
    }

    [Fact]
    public async Task What_is_not_text_in_UTF_8_is_refused()
    {
        (await RefusedAsync(ErrorCodes.SourceEncoding, ["printf", "caf\\351"])).Message.ShouldContain("'printf'");
        await RefusedAsync(ErrorCodes.SourceBinary, ["printf", "a\\000b"]);
    }

    [Fact]
    public async Task Too_much_output_ends_the_program()
    {
        var refusal = await RefusedAsync(ErrorCodes.ExtractorTooLarge, ["yes"], o => o with { MaxOutputBytes = 100_000 });

        refusal.Message.ShouldContain("100000 bytes");
        refusal.Remedy.ShouldContain("maxOutputBytes");
    }

    [Fact]
    public async Task At_the_time_limit_the_whole_tree_is_ended()
    {
        Script("slow", "sleep 300 & echo $! > children; (sleep 300 & echo $! >> children); sleep 300");

        var refusal = await RefusedAsync(
            ErrorCodes.ExtractorTimeout, ["./slow", "{file}"], o => o with { Timeout = TimeSpan.FromSeconds(1) });

        refusal.Remedy.ShouldContain("timeoutSeconds");
        await AllEndedAsync();
    }

    [Fact]
    public async Task What_a_program_left_behind_with_its_output_open_is_ended_too()
    {
        Script("leaves", "setsid sleep 300 & echo $! > children; echo text");

        await RefusedAsync(
            ErrorCodes.ExtractorTimeout, ["./leaves", "{file}"], o => o with { Timeout = TimeSpan.FromSeconds(1) });

        await AllEndedAsync();
    }

    [Fact]
    public async Task Cancelling_ends_the_program_and_is_no_failure_of_the_file()
    {
        Script("waits", "echo $$ > children; exec sleep 300");
        using var cancel = new CancellationTokenSource();
        var extracting = Extractor(["./waits", "{file}"], o => o)
            .ExtractAsync(Opened("file"), "file", cancel.Token).AsTask();
        await StartedAsync();

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(extracting);
        await AllEndedAsync();
    }

    [Fact]
    public async Task A_program_gets_of_the_environment_only_what_no_secret_is_kept_in()
    {
        string[] secrets =
        [
            "OPENAI_API_KEY", "TIDEMARK__STORE", "TIDEMARK_TRUST", "PGPASSWORD", "CHROMA_TOKEN", "AWS_SECRET_ACCESS_KEY",
            "MY_OWN_NAME_FOR_A_KEY", "GITHUB_TOKEN", "https_proxy", "SSH_AUTH_SOCK",
        ];
        Environment.SetEnvironmentVariable("LC_MEASUREMENT", "de_DE.UTF-8");
        Array.ForEach(secrets, name => Environment.SetEnvironmentVariable(name, "sesame"));
        try
        {
            var text = await ExtractAsync("x", ["env"]);

            text.ShouldContain("PATH=");
            text.ShouldContain("LC_MEASUREMENT=de_DE.UTF-8");
            text.ShouldNotContain("sesame");
        }
        finally
        {
            Array.ForEach(secrets, name => Environment.SetEnvironmentVariable(name, null));
            Environment.SetEnvironmentVariable("LC_MEASUREMENT", null);
        }
    }

    [Fact]
    public async Task A_program_on_a_pipe_reads_the_file_that_was_opened_wherever_its_name_leads_by_then()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "a.x"), "looked at", TestContext.Current.CancellationToken);
        var file = Opened("a.x");
        File.Move(Path.Combine(_folder, "a.x"), Path.Combine(_folder, "b.x"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "a.x"), "put there since", TestContext.Current.CancellationToken);

        var text = await Extractor(["cat"], o => o).ExtractAsync(file, "a.x", TestContext.Current.CancellationToken);

        text.Text.ShouldBe("looked at");
    }

    [Fact]
    public void The_fingerprint_is_the_whole_command_line()
    {
        string[][] commands = [["a", "b"], ["a b"], ["a", "b", ""], ["b", "a"]];

        commands.Select(c => Extractor(c, o => o).Fingerprint).ShouldBeUnique();
    }

    [Fact]
    public void A_command_without_a_program_is_refused() =>
        Should.Throw<TidemarkException>(() => Extractor([], o => o)).Code.ShouldBe(ErrorCodes.ConfigurationInvalid);

    private CommandExtractor Extractor(string[] command, Func<CommandOptions, CommandOptions> with) => new(
        with(new CommandOptions { Pattern = "*", Command = command, Folder = _folder }), TimeProvider.System);

    private OpenFile Opened(string name)
    {
        var path = Path.Combine(_folder, name);
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _opened.Add(file);
        return new OpenFile(path, file);
    }

    private async Task<string> ExtractAsync(string content, string[] command, string name = "file.x")
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, name), content, TestContext.Current.CancellationToken);
        var extracted = await Extractor(command, o => o).ExtractAsync(Opened(name), name, TestContext.Current.CancellationToken);
        extracted.Metadata.ShouldBe(DocumentMetadata.Empty);
        return extracted.Text;
    }

    private async Task<ItemException> RefusedAsync(
        string code, string[] command, Func<CommandOptions, CommandOptions>? with = null)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "a.x"), "content", TestContext.Current.CancellationToken);
        var refusal = await Should.ThrowAsync<ItemException>(async () => await Extractor(command, with ?? (o => o))
            .ExtractAsync(Opened("a.x"), "docs/a.x", TestContext.Current.CancellationToken));
        refusal.Code.ShouldBe(code);
        refusal.Message.ShouldContain("'docs/a.x'");
        refusal.Remedy.ShouldNotBeNullOrWhiteSpace();
        return refusal;
    }

    private void Script(string name, string body)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }
    }

    private async Task StartedAsync()
    {
        while (Children().Length == 0)
        {
            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Killed, and gone or waiting for whoever adopted them to notice.</summary>
    private async Task AllEndedAsync()
    {
        var children = Children();
        children.ShouldNotBeEmpty();
        foreach (var id in children)
        {
            while (IsRunning(id))
            {
                await Task.Yield();
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private string[] Children()
    {
        var path = Path.Combine(_folder, "children");
        return File.Exists(path) ? File.ReadAllText(path).Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];
    }

    private static bool IsRunning(string id)
    {
        try
        {
            // The state follows the name in parentheses (proc(5)).
            var status = File.ReadAllText($"/proc/{id}/stat");
            return status[(status.LastIndexOf(')') + 2)] is not ('Z' or 'X');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
