namespace Tidemark.Chunking.Structure;

/// <summary>
/// Reads Markdown, reStructuredText or plain text line by line and notes where blocks, list items and sentences start
/// and how strong a boundary each is. Not a parser: it knows just enough of CommonMark to see the blocks, and takes
/// everything else as paragraphs. A fence or table is one block without inner boundaries unless it is too long to
/// stay whole.
/// </summary>
internal sealed class BlockScanner(string text, ChunkScale scale, Outline outline)
{
    private const int LongestTitle = 300;

    private BlockKind _before = BlockKind.Prose;
    private bool _announced;
    private bool _endsSentence;

    private bool _inParagraph;
    private int _paragraphLines;
    private int _paragraphBoundary = -1;
    private Line _title;

    private bool _inTable;
    private bool _tableIsLoose;
    private char _fence;
    private int _fenceLength;
    private int _wholeStart;
    private int _wholeEnd;

    public void Scan()
    {
        for (var at = 0; at < text.Length;)
        {
            var line = new Line(text, at);
            Read(line);
            at = line.Next;
        }

        if (_fence != 0 || _inTable)
        {
            CloseWhole(text.Length);
        }
    }

    private void Read(in Line line)
    {
        if (_fence != 0)
        {
            if (line.First == _fence && line.Run >= _fenceLength && line.IsRule)
            {
                CloseWhole(line.Next);
            }
        }
        else if (line.IsBlank)
        {
            CloseTable(line.Start);
            _inParagraph = false;
        }
        else if (!ContinuesTable(line) && !IsUnderline(line))
        {
            CloseTable(line.Start);
            ReadBlockStart(line);
        }
    }

    private void ReadBlockStart(in Line line)
    {
        var depth = line.HeadingDepth(text);
        if (depth > 0)
        {
            ReadHeading(line, depth);
        }
        else if (line.OpensFence(text))
        {
            _fence = line.First;
            _fenceLength = line.Run;
            OpenWhole(line, line.Next);
        }
        else if (!_inParagraph && line.IsTableRow(text))
        {
            _inTable = true;
            OpenWhole(line, line.Content);
        }
        else if (!_inParagraph && line.IsThematicBreak)
        {
            var level = _before == BlockKind.Heading ? BoundaryLevel.Glued : BoundaryLevel.Transition;
            outline.Add(text, line.Start, level, line.Next);
            EndBlock(BlockKind.Prose);
        }
        else
        {
            ReadProse(line);
        }
    }

    private void ReadHeading(in Line line, int depth)
    {
        outline.Add(text, line.Start, BlockLevels.OfHeading(depth, _before), line.Content + line.Run);
        SentenceScanner.ScanUnbroken(text, line.Content, line.End, scale, outline);
        MarkHeading(line.Start, line.Content + line.Run, line.End, depth);
    }

    private void MarkHeading(int position, int start, int end, int depth)
    {
        var line = text.AsSpan(start, end - start);
        var title = line.TrimStart();
        start += line.Length - title.Length;
        var open = title.TrimEnd('#');
        if (open.Length < title.Length && (open.IsEmpty || char.IsWhiteSpace(open[^1])))
        {
            title = open.TrimEnd();
        }

        outline.Headings.Add(new HeadingMark(position, depth, start, title.Length));
        EndBlock(BlockKind.Heading);
    }

    /// <summary>A setext heading, or a reStructuredText one: the rule under a paragraph of one line.</summary>
    private bool IsUnderline(in Line line)
    {
        if (!_inParagraph || _paragraphLines != 1 || _paragraphBoundary < 0 || !line.IsRule || line.IsIndentedCode)
        {
            return false;
        }

        var titleLength = _title.End - _title.Content;
        var depth = line.First switch
        {
            '=' => 1,
            '-' when line.Run >= 2 => 2,
            '~' or '^' or '"' or '*' or '+' or '#' when line.Run >= 4 && line.Run >= titleLength => 3,
            _ => 0,
        };
        if (depth == 0 || titleLength > LongestTitle)
        {
            return false;
        }

        var glued = outline.Boundaries[_paragraphBoundary].Level == BoundaryLevel.Glued;
        var before = glued ? BlockKind.Heading : BlockKind.Prose;
        outline.Raise(_paragraphBoundary, BlockLevels.OfHeading(depth, before));
        MarkHeading(outline.Boundaries[_paragraphBoundary].Position, _title.Content, _title.End, depth);
        return true;
    }

    private void ReadProse(in Line line)
    {
        var marker = line.MarkerLength(text);
        if (marker > 0)
        {
            var level = BlockLevels.OfItem(line.Indent, _before, opensList: !_inParagraph, _announced);
            outline.Add(text, line.Start, level, line.Content + marker);
            OpenParagraph(line, 0);
            _before = BlockKind.List;
        }
        else if (!_inParagraph)
        {
            var level = BlockLevels.OfProse(line.Indent, _before, _announced);
            var followsWhole = level == BoundaryLevel.Transition && _before == BlockKind.Whole;
            outline.Add(text, line.Start, level, followsWhole ? TailOfWhole() : line.Content);
            OpenParagraph(line, 1);
            _before = line.Indent >= 2 && _before == BlockKind.List ? BlockKind.List : BlockKind.Prose;
        }
        else
        {
            outline.Add(text, line.Start, _endsSentence ? BoundaryLevel.Sentence : BoundaryLevel.Line, line.Content);
            ContinueParagraph(line);
        }

        SentenceScanner.Scan(text, line.Content + marker, line.End, scale, outline);
        var content = text.AsSpan(line.Content, line.End - line.Content);
        _endsSentence = SentenceScanner.EndsSentence(content);
        _announced = content.TrimEnd("*_").EndsWith(':');
    }

    private void OpenParagraph(in Line line, int lines)
    {
        _inParagraph = true;
        _paragraphLines = lines;
        _paragraphBoundary = lines == 0 ? -1 : outline.Boundaries.Count - 1;
        _title = line;
    }

    /// <summary>
    /// A paragraph that opens with a rule is taken for an overlined title: its second line counts as its first.
    /// </summary>
    private void ContinueParagraph(in Line line)
    {
        if (_paragraphLines == 1 && _title.IsOverline && _title.Run <= LongestTitle)
        {
            _title = line;
        }
        else if (_paragraphLines > 0)
        {
            _paragraphLines++;
        }
    }

    private bool ContinuesTable(in Line line)
    {
        if (_inTable)
        {
            return _tableIsLoose || line.IsTableRow(text);
        }

        if (!_inParagraph || _paragraphLines != 1 || _paragraphBoundary < 0 || !line.IsTableDelimiter(text))
        {
            return false;
        }

        outline.Raise(_paragraphBoundary, outline.Boundaries[_paragraphBoundary].Level);
        _inTable = _tableIsLoose = true;
        _wholeStart = _title.Start;
        EndBlock(BlockKind.Whole);
        return true;
    }

    private void OpenWhole(in Line line, int hashFrom)
    {
        var level = BlockLevels.OfBlock(line.Indent, _before, _announced);
        var interrupts = _inParagraph && level > BoundaryLevel.Introduced;
        outline.Add(text, line.Start, interrupts ? BoundaryLevel.Introduced : level, hashFrom);
        _wholeStart = line.Start;
        EndBlock(BlockKind.Whole);
    }

    private void CloseTable(int end)
    {
        if (_inTable)
        {
            CloseWhole(end);
        }
    }

    private void CloseWhole(int end)
    {
        _fence = '\0';
        _inTable = _tableIsLoose = false;
        _wholeEnd = end;
        if (end - _wholeStart > scale.MaxWhole)
        {
            LongBlockScanner.Scan(text, _wholeStart, end, scale, outline);
        }
    }

    private void EndBlock(BlockKind block)
    {
        _before = block;
        _inParagraph = false;
        _announced = false;
        _paragraphBoundary = -1;
    }

    /// <summary>
    /// Prose behind a fence or table is ranked by the end of that: it is edited less often than prose.
    /// </summary>
    private int TailOfWhole() => Math.Max(_wholeStart, _wholeEnd - 64);
}
