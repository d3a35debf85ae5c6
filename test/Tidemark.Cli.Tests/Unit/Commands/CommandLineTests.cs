using Shouldly;
using Tidemark.Cli.Commands;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--forse", "--force")]
    [InlineData("--max-delet=3", "--max-delete")]
    public void An_unknown_option_is_a_mistake_and_the_nearest_is_named(string typed, string nearest)
    {
        using var call = new InProcessCall();

        (call.Run("sync", "docs", typed, "--json")).ShouldBe(2);

        ((string)call.Json["error"]!["message"]!).ShouldContain(typed);
        ((string)call.Json["error"]!["remedy"]!).ShouldContain(nearest);
    }

    [Theory]
    [InlineData("sync --json=x", "--json")]
    [InlineData("sync --json:x", "--json")]
    [InlineData("status --check=true", "--check")]
    [InlineData("sync docs --force=", "--force")]
    [InlineData("search rope --plain=1", "--plain")]
    [InlineData("trust --list=x", "--list")]
    [InlineData("queue status --quiet=no", "--quiet")]
    public void A_flag_that_takes_no_value_is_given_none(string typed, string flag)
    {
        using var call = new InProcessCall();

        call.Run(typed.Split(' ')).ShouldBe(2);

        call.Errors.ShouldContain($"'{flag}' takes no value");
        File.Exists(Path.Combine(call.Folder, ".tidemark", "tidemark.db")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("sync docs --max-delete= --quiet", "--max-delete")]
    [InlineData("sync docs --max-delete: 5", "--max-delete")]
    [InlineData("sync --namespace= docs", "--namespace")]
    [InlineData("search rope --filter= --json", "--filter")]
    public void An_option_without_its_value_does_not_take_the_next_word_for_it(string typed, string option)
    {
        using var call = new InProcessCall();

        call.Run(typed.Split(' ')).ShouldBe(2);

        (call.Errors + call.Output).ShouldContain($"'{option}' has no value");
        File.Exists(Path.Combine(call.Folder, ".tidemark", "tidemark.db")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("search", "'tidemark search' lacks QUERY")]
    [InlineData("sync --max-delete", "'tidemark sync' lacks a value of '--max-delete'")]
    [InlineData("namespace", "'tidemark namespace' lacks what is to be done: 'list', 'drop'")]
    [InlineData("namespace drop", "'tidemark namespace drop' lacks NAME")]
    [InlineData("store copy", "'tidemark store copy' lacks '--to URL'")]
    public void What_was_left_out_is_named(string typed, string message)
    {
        using var call = new InProcessCall();

        call.Run(typed.Split(' ')).ShouldBe(2);

        call.Errors.ShouldStartWith($"error: {message} [usage]");
    }

    [Fact]
    public void A_document_that_was_almost_named_is_offered()
    {
        using var call = new InProcessCall();
        Directory.CreateDirectory(Path.Combine(call.Folder, "docs"));
        File.WriteAllText(Path.Combine(call.Folder, "docs", "Install.md"), "text");
        File.WriteAllText(Path.Combine(call.Folder, "docs", "other.md"), "text");
        call.Run("sync", "docs").ShouldBe(0);

        foreach (var typed in new[] { "install.md", "docs/Instal.md", "docs/Install" })
        {
            call.Run("show", typed).ShouldBe(2);
            call.Run("why", typed).ShouldBe(2);
        }

        call.Errors.Split("did you mean 'docs/Install.md'?").Length.ShouldBe(7);
    }

    [Theory]
    [InlineData(null, 0, false)]
    [InlineData("y", 0, true)]
    [InlineData("n", 130, true)]
    [InlineData("", 130, true)]
    public void A_person_is_asked_before_a_namespace_goes(string? answer, int exit, bool isAsked)
    {
        using var call = new InProcessCall(answer: answer);
        Directory.CreateDirectory(Path.Combine(call.Folder, "docs"));
        File.WriteAllText(Path.Combine(call.Folder, "docs", "a.md"), "text");
        call.Run("sync", "docs", "--namespace", "x").ShouldBe(0);

        call.Run("namespace", "drop", "x").ShouldBe(exit);

        call.Errors.Contains("Remove the namespace 'x' with 1 document and 1 chunk", StringComparison.Ordinal).ShouldBe(isAsked);
        call.Run("namespace", "drop", "x", "--yes").ShouldBe(exit == 0 ? 2 : 0);
    }

    [Fact]
    public void An_option_of_the_program_alone_is_not_offered_to_a_command()
    {
        using var call = new InProcessCall();

        (call.Run("sync", "docs", "--version")).ShouldBe(2);

        call.Errors.ShouldContain("'--version' is not an option of 'tidemark sync'");
        call.Errors.ShouldNotContain("did you mean");
    }

    [Fact]
    public void An_unknown_command_is_a_mistake_and_the_nearest_is_named()
    {
        using var call = new InProcessCall();

        (call.Run("snyc", "docs")).ShouldBe(2);

        call.Output.ShouldBeEmpty();
        call.Errors.ShouldContain("'snyc'");
        call.Errors.ShouldContain("'sync'");
    }

    [Theory]
    [InlineData("--batch-size", "0")]
    [InlineData("--batch-size", "many")]
    [InlineData("--max-delete", "-1")]
    [InlineData("--max-delete", "101%")]
    [InlineData("--wait", "-1")]
    [InlineData("--wait", "NaN")]
    [InlineData("--chunk-size", "1e3")]
    [InlineData("--cleanup", "sometimes")]
    public void A_value_that_cannot_be_is_named_with_what_can_be(string option, string value)
    {
        using var call = new InProcessCall();
        Directory.CreateDirectory(Path.Combine(call.Folder, "docs"));

        (call.Run("sync", "docs", option, value, "--json")).ShouldBe(2);

        var message = (string)call.Json["error"]!["message"]!;
        message.ShouldContain(option);
        message.ShouldContain($"'{value}'");
        message.ShouldNotContain("System.");
        Directory.Exists(Path.Combine(call.Folder, ".tidemark")).ShouldBeFalse();
    }

    [Fact]
    public void Every_command_has_help_with_an_example_and_needs_no_store()
    {
        using var all = new InProcessCall();
        foreach (var command in CommandTree.Build(all.Host).Subcommands)
        {
            using var call = new InProcessCall();

            (call.Run(command.Name, "--help")).ShouldBe(0);

            call.Output.ShouldContain(command.Description!.Split(' ')[0]);
            call.Output.ShouldContain("tidemark " + command.Name);
        }
    }

    [Fact]
    public void Only_the_command_that_is_called_is_built_and_help_shows_all()
    {
        using var call = new InProcessCall();
        CommandTree.Parse(["sync", "docs"], call.Host).RootCommandResult.Command.Subcommands.Count.ShouldBe(1);

        (call.Run()).ShouldBe(0);

        call.Output.ShouldContain("completion");
    }

    [Theory]
    [InlineData("sync --fo", "--force")]
    [InlineData("na", "namespace")]
    [InlineData("sync --cleanup ", "scoped-full")]
    public void The_shell_gets_completions(string line, string expected)
    {
        using var call = new InProcessCall();
        var text = "tidemark " + line;

        (call.Run($"[suggest:{text.Length}]", text)).ShouldBe(0);

        call.Output.Split('\n').ShouldContain(expected);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public void Every_shell_gets_its_script(string shell)
    {
        using var call = new InProcessCall();

        (call.Run("completion", shell)).ShouldBe(0);

        call.Output.ShouldContain("[suggest:");
    }

    [Fact]
    public void Init_says_what_it_found_and_refuses_to_overwrite()
    {
        using var call = new InProcessCall();
        Directory.CreateDirectory(Path.Combine(call.Folder, "docs"));
        File.WriteAllText(Path.Combine(call.Folder, "docs", "a.md"), "# A");

        (call.Run("init")).ShouldBe(0);
        call.Output.ShouldContain("found docs, 1 document");
        var written = File.ReadAllText(Path.Combine(call.Folder, "tidemark.json"));
        (call.Run("init")).ShouldBe(2);

        File.ReadAllText(Path.Combine(call.Folder, "tidemark.json")).ShouldBe(written);
        File.Exists(Path.Combine(call.Folder, ".tidemark.schema.json")).ShouldBeTrue();
        written.ShouldContain("\"$schema\": \".tidemark.schema.json\"");
        Directory.Exists(Path.Combine(call.Folder, ".tidemark")).ShouldBeFalse();
    }

    [Fact]
    public void A_faulty_configuration_lists_every_mistake_in_JSON()
    {
        using var call = new InProcessCall();
        File.WriteAllText(Path.Combine(call.Folder, "tidemark.json"), """{ "stor": 1, "guard": { "maxShare": 7 } }""");

        (call.Run("status", "--json")).ShouldBe(2);

        call.Json["error"]!["mistakes"]!.AsArray().Count.ShouldBe(2);
    }
}
