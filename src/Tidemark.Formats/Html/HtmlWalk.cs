using AngleSharp.Dom;

namespace Tidemark.Formats;

/// <summary>
/// Goes through the nodes of a page in document order, without recursion. Children are taken by index: to ask a node
/// for its next sibling takes time in proportion to the number of its siblings.
/// </summary>
internal sealed class HtmlWalk(MarkupWriter writer)
{
    private readonly HtmlBlocks _blocks = new(writer);
    private readonly Stack<(INode Node, int Next)> _open = new();

    /// <summary>Writes what is inside of an element.</summary>
    public void Write(IElement root)
    {
        _open.Push((root, 0));
        while (_open.TryPop(out var current))
        {
            var (node, next) = current;
            if (next < node.ChildNodes.Length)
            {
                _open.Push((node, next + 1));
                Enter(node.ChildNodes[next]);
            }
            else if (node != root)
            {
                _blocks.Leave((IElement)node);
            }
        }
    }

    private void Enter(INode node)
    {
        if (node is IText text)
        {
            writer.Flow(text.Data);
        }
        else if (node is IElement element && _blocks.Enter(element))
        {
            _open.Push((element, 0));
        }
    }
}
