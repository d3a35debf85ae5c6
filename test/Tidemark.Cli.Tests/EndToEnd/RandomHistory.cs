namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>Random edits of a folder: what people, editors and version control do to files.</summary>
internal sealed class RandomHistory(Workspace work, int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<(string Path, byte[] Content)> _gone = [];
    private int _next = 1;

    public void Step()
    {
        Directory.CreateDirectory(work.PathOf("docs"));
        var edits = 1 + _random.Next(8);
        for (var i = 0; i < edits; i++)
        {
            Edit();
        }

        if (Files().Length == 0)
        {
            Add();
        }
    }

    private void Edit()
    {
        var files = Files();
        if (files.Length < 3)
        {
            Add();
            return;
        }

        var file = files[_random.Next(files.Length)];
        switch (_random.Next(10))
        {
            case 0 or 1:
                Add();
                break;
            case 2 or 3:
                ReplaceParagraph(file);
                break;
            case 4:
                File.AppendAllText(file, $"\n{Prose.Paragraph(_next++)}\n");
                break;
            case 5:
                Move(file);
                break;
            case 6:
                File.Copy(file, work.PathOf($"docs/copy-{_next++}.md"));
                break;
            case 7:
                Remove(file);
                break;
            case 8:
                Restore();
                break;
            default:
                File.WriteAllText(file, _random.Next(2) == 0 ? "" : $"---\nround: {_next++}\n---\n{File.ReadAllText(file)}");
                break;
        }
    }

    private void Add() => work.Write($"docs/{_random.Next(3)}/file-{_next++}.md", Prose.Markdown(_next, 1 + _random.Next(4)));

    private void ReplaceParagraph(string file)
    {
        var paragraphs = File.ReadAllText(file).Split("\n\n");
        paragraphs[_random.Next(paragraphs.Length)] = Prose.Paragraph(500_000 + _next++, 1 + _random.Next(8));
        File.WriteAllText(file, string.Join("\n\n", paragraphs));
    }

    private void Move(string file)
    {
        Directory.CreateDirectory(work.PathOf("docs/moved"));
        File.Move(file, work.PathOf($"docs/moved/{_next++}.md"));
    }

    private void Remove(string file)
    {
        _gone.Add((file, File.ReadAllBytes(file)));
        File.Delete(file);
    }

    private void Restore()
    {
        if (_gone.Count > 0)
        {
            var (path, content) = _gone[_random.Next(_gone.Count)];
            File.WriteAllBytes(path, content);
        }
    }

    private string[] Files()
    {
        var files = Directory.GetFiles(work.PathOf("docs"), "*", SearchOption.AllDirectories);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }
}
