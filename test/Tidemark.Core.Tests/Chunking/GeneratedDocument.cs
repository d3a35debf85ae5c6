namespace Tidemark.Chunking;

internal enum DocumentKind
{
    Markdown,
    Prose,
    Code,
    List,
}

/// <summary>A document of one of the four published kinds, and one random edit of it.</summary>
internal sealed class GeneratedDocument
{
    private readonly Random _random;
    private readonly ProseGenerator _prose;
    private readonly DocumentKind _kind;
    private readonly int _least;
    private readonly int _most;
    private readonly List<GeneratedBlock> _blocks = [];
    private int _length;

    public GeneratedDocument(DocumentKind kind, int size, int seed)
    {
        _kind = kind;
        _random = new Random(seed);
        _prose = new ProseGenerator(_random);
        _least = _random.Next(100, 300);
        _most = _least + _random.Next(150, 650);
        while (_length < size)
        {
            AddSection();
        }

        Text = Render(_blocks);
    }

    public string Text { get; }

    /// <summary>The text with one sentence, item or paragraph inserted, deleted or replaced.</summary>
    public string Edited()
    {
        var blocks = new List<GeneratedBlock>(_blocks);
        var prose = Enumerable.Range(0, blocks.Count).Where(i => blocks[i].IsProse).ToList();
        var index = prose[_random.Next(prose.Count)];
        var block = blocks[index];
        var operation = _random.Next(3);
        if (_random.Next(2) == 0 || (operation == 1 && block.Sentences.Count == 1))
        {
            EditBlocks(blocks, index, operation);
        }
        else
        {
            blocks[index] = block with { Sentences = EditSentences(block.Sentences, operation) };
        }

        return Render(blocks);
    }

    private void EditBlocks(List<GeneratedBlock> blocks, int index, int operation)
    {
        var block = blocks[index];
        var fresh = block with { Sentences = block.IsItem ? Item() : Paragraph() };
        switch (operation)
        {
            case 0:
                blocks.Insert(index, block.IsItem ? fresh with { After = "\n" } : fresh);
                break;
            case 1 when index > 0 && block.IsItem && blocks[index - 1].IsItem:
                blocks[index - 1] = blocks[index - 1] with { After = block.After };
                blocks.RemoveAt(index);
                break;
            case 1:
                blocks.RemoveAt(index);
                break;
            default:
                blocks[index] = fresh;
                break;
        }
    }

    private List<string> EditSentences(IReadOnlyList<string> sentences, int operation)
    {
        var edited = sentences.ToList();
        var at = _random.Next(edited.Count + (operation == 0 ? 1 : 0));
        if (operation > 0)
        {
            edited.RemoveAt(at);
        }

        if (operation != 1)
        {
            edited.Insert(at, _prose.Sentence());
        }

        return edited;
    }

    private void AddSection()
    {
        switch (_kind)
        {
            case DocumentKind.Prose:
                AddHeading(once: 40);
                AddParagraph();
                break;
            case DocumentKind.Code:
                AddHeading(once: 5);
                AddParagraph();
                AddFence(_random.Next(4, _random.Next(4) == 0 ? 60 : 20));
                break;
            case DocumentKind.List:
                AddHeading(once: 4);
                AddParagraph();
                AddList(_random.Next(4, 20));
                break;
            default:
                AddHeading(once: 1);
                Repeat(_random.Next(1, 5), AddMarkdownBlock);
                break;
        }
    }

    private void AddMarkdownBlock()
    {
        switch (_random.Next(20))
        {
            case < 3: AddList(_random.Next(3, 7)); break;
            case 3: AddFence(_random.Next(3, 15)); break;
            case 4: AddTable(_random.Next(2, 10)); break;
            default: AddParagraph(); break;
        }
    }

    private void AddHeading(int once)
    {
        if (_random.Next(once) == 0)
        {
            Add(Whole(_random.Next(3) == 0 ? "### " : "## ", _prose.Title(), "\n\n"));
        }
    }

    private void AddParagraph() => Add(new GeneratedBlock("", Paragraph(), "\n\n"));

    private void AddList(int items)
    {
        for (var i = 0; i < items; i++)
        {
            var indent = new string(' ', 2 * _random.Next(i == 0 ? 1 : 2));
            Add(new GeneratedBlock(indent + "- ", Item(), i == items - 1 ? "\n\n" : "\n") { IsItem = true });
        }
    }

    private void AddFence(int lines) =>
        Add(Whole("```go\n", string.Join('\n', Enumerable.Range(0, lines).Select(_ => CodeLine())), "\n```\n\n"));

    private void AddTable(int rows) => Add(Whole(
        "| Name | Note |\n|---|---|\n",
        string.Concat(Enumerable.Range(0, rows).Select(_ => $"| {_prose.Word()} | {_prose.Title()} |\n")),
        "\n"));

    private static GeneratedBlock Whole(string before, string content, string after) =>
        new(before, [content], after) { IsProse = false };

    private string CodeLine() => _random.Next(9) == 0
        ? ""
        : new string(' ', 2 * _random.Next(4)) + $"{_prose.Word()}.{_prose.Word()}({_prose.Word()}, {_prose.Word()})";

    private List<string> Paragraph() => _kind switch
    {
        DocumentKind.Code or DocumentKind.List => _prose.Paragraph(60, 300),
        _ => _prose.Paragraph(_least, _most),
    };

    private List<string> Item() => [.. Enumerable.Range(0, _random.Next(1, 3)).Select(_ => _prose.Sentence())];

    private void Add(GeneratedBlock block)
    {
        _blocks.Add(block);
        _length += block.Text.Length;
    }

    private static void Repeat(int times, Action action)
    {
        for (var i = 0; i < times; i++)
        {
            action();
        }
    }

    private static string Render(List<GeneratedBlock> blocks) =>
        string.Concat(blocks.Select(block => block.Text)).TrimEnd() + "\n";
}
