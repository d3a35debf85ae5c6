using AngleSharp.Dom;

namespace Tidemark.Formats;

/// <summary>
/// Goes through the nodes of a page in document order, without recursion. Children are taken by index: to ask a node
/// for its next sibling takes time in proportion to the number of its siblings.
/// </summary>
internal sealed class HtmlWalk(IHtmlVisitor visitor)
{
    private readonly Stack<(INode Node, int Next)> _open = new();

    /// <summary>Visits what is inside of an element.</summary>
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
                visitor.Leave((IElement)node);
            }
        }
    }

    private void Enter(INode node)
    {
        if (node is IText text)
        {
            visitor.Text(text.Data);
        }
        else if (node is IElement element && visitor.Enter(element))
        {
            _open.Push((element, 0));
        }
    }
}
