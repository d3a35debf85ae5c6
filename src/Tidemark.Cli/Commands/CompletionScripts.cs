namespace Tidemark.Cli.Commands;

/// <summary>Each asks the executable itself, by the parser's suggest directive, and falls back to file names.</summary>
internal static class CompletionScripts
{
    public static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    private const string Bash = """
        # bash completion for tidemark
        _tidemark() {
            local word="${COMP_WORDS[COMP_CWORD]}" candidates
            candidates="$(tidemark "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)"
            mapfile -t COMPREPLY < <(compgen -W "${candidates}" -- "${word}")
        }
        complete -o default -o bashdefault -F _tidemark tidemark

        """;

    private const string Zsh = """
        #compdef tidemark
        # zsh completion for tidemark
        _tidemark() {
            local -a candidates
            candidates=("${(@f)$(tidemark "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            compadd -- ${candidates:#}
            _files
        }
        if [ "${funcstack[1]}" = "_tidemark" ]; then
            _tidemark
        else
            compdef _tidemark tidemark
        fi

        """;

    private const string Fish = """
        # fish completion for tidemark
        complete -c tidemark -a '(tidemark "[suggest:"(commandline -C)"]" (commandline -cp) 2>/dev/null)'

        """;

    private const string Pwsh = """
        # PowerShell completion for tidemark
        Register-ArgumentCompleter -Native -CommandName tidemark -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            tidemark "[suggest:$cursorPosition]" "$commandAst" 2>$null | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }

        """;

    /// <exception cref="TidemarkException"><c>usage</c>: no script for that shell.</exception>
    public static string For(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        "pwsh" => Pwsh,
        _ => throw new TidemarkException(
            ErrorCodes.Usage,
            $"there is no completion for the shell '{shell}'",
            $"name one of {string.Join(", ", Shells)}"),
    };
}
