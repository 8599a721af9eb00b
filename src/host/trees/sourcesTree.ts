import type { FileStatus } from '../../protocol/sourceStatus';
import { groupFiles } from '../display/fileGroups';
import type { EngineClient } from '../engineClient';
import { ComparedTree } from './comparedTree';
import { fetchFirst, PageSizes, withMore } from './paging';
import { FileGroupNode, FileNode, SkippedNode, SourceNode } from './sourceNodes';
import type { TreeNode } from './treeNode';

/** Files of one source that are listed; beyond that, rows ask for more. */
const maxListedFiles = 1000;

/** What is followed, what was understood of it, and what was not. */
export class SourcesTree extends ComparedTree {
  private readonly sizes = new PageSizes();

  constructor(private readonly engine: EngineClient) {
    super();
  }

  /** The source that is selected. */
  get selectedPath(): string | undefined {
    const { selected } = this;
    return selected instanceof SourceNode ? selected.source.path : undefined;
  }

  protected async roots(): Promise<readonly TreeNode[]> {
    if (!this.engine.isRunning) {
      return [];
    }
    const sources = await this.engine.client.listSources({});
    return sources.map(
      source => new SourceNode(source, sources.length === 1, node => this.listFiles(node)),
    );
  }

  private async listFiles(node: SourceNode): Promise<readonly TreeNode[]> {
    const page = await fetchFirst(maxListedFiles, range =>
      this.engine.client.listFiles({ source: node.source.path, ...range }),
    );
    const rows = groupFiles(page.items).map(entry =>
      entry.kind === 'file'
        ? this.fileNode(node, entry.file)
        : new FileGroupNode(node, entry.pattern, entry.files, (parent, files) =>
            files.map(file => this.fileNode(parent, file)),
          ),
    );
    return this.firstOf(node, rows, rows.length + page.total - page.items.length);
  }

  private fileNode(parent: TreeNode, file: FileStatus): FileNode {
    return new FileNode(parent, file, node => this.listSkipped(node));
  }

  private async listSkipped(node: FileNode): Promise<readonly TreeNode[]> {
    const page = await fetchFirst(this.sizes.get(node.id), range =>
      this.engine.client.listSkipped({ file: node.file.path, ...range }),
    );
    return this.firstOf(
      node,
      page.items.map(skipped => new SkippedNode(node, skipped)),
      page.total,
    );
  }

  private firstOf(parent: TreeNode, rows: readonly TreeNode[], total: number): readonly TreeNode[] {
    const shown = rows.slice(0, this.sizes.get(parent.id));
    return withMore(shown, parent, parent.id, total, () => {
      const last = this.sizes.get(parent.id);
      this.sizes.grow(parent.id);
      this.refresh([parent]);
      void this.goOnAt(last, parent);
    });
  }
}
