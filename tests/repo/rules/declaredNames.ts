import { type BindingPattern, type ParamPattern, parseSync, Visitor } from 'oxc-parser';
import type { RepositoryFile } from './repositoryFiles.ts';

export interface DeclaredName {
  name: string;
  offset: number;
  /** A member's name may be given by somebody else's interface; a binding's never is. */
  kind: 'binding' | 'member';
}

/**
 * The names that a file itself gives: variables, parameters, functions, classes, types and their members. Names that it
 * only uses, such as a library's, are not among them.
 */
export function declaredNames(file: RepositoryFile): DeclaredName[] {
  const names: DeclaredName[] = [];
  const bind = (node: { name: string; start: number } | null): void => {
    if (node) names.push({ name: node.name, offset: node.start, kind: 'binding' });
  };
  const bindPattern = (pattern: BindingPattern | ParamPattern): void => {
    for (const node of identifiersOf(pattern)) bind(node);
  };
  const nameMember = (key: { type: string; start: number }, isComputed: boolean): void => {
    const name = 'name' in key && typeof key.name === 'string' ? key.name : undefined;
    if (name !== undefined && !isComputed) names.push({ name, offset: key.start, kind: 'member' });
  };
  const handleFunction = (node: { id?: { name: string; start: number } | null; params: ParamPattern[] }): void => {
    bind(node.id ?? null);
    for (const parameter of node.params) bindPattern(parameter);
  };
  const visitor = new Visitor({
    VariableDeclarator: (node) => bindPattern(node.id),
    FunctionDeclaration: handleFunction,
    FunctionExpression: handleFunction,
    ArrowFunctionExpression: handleFunction,
    ClassDeclaration: (node) => bind(node.id),
    TSInterfaceDeclaration: (node) => bind(node.id),
    TSTypeAliasDeclaration: (node) => bind(node.id),
    CatchClause: (node) => {
      if (node.param) bindPattern(node.param);
    },
    PropertyDefinition: (node) => nameMember(node.key, node.computed),
    MethodDefinition: (node) => nameMember(node.key, node.computed),
    TSPropertySignature: (node) => nameMember(node.key, node.computed),
    TSMethodSignature: (node) => nameMember(node.key, node.computed),
    Property: (node) => nameMember(node.key, node.computed),
  });
  visitor.visit(parseSync(file.path, file.text).program);
  return names;
}

function identifiersOf(pattern: BindingPattern | ParamPattern): { name: string; start: number }[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        identifiersOf(property.type === 'RestElement' ? property.argument : property.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) =>
        element ? identifiersOf(element.type === 'RestElement' ? element.argument : element) : [],
      );
    case 'AssignmentPattern':
      return identifiersOf(pattern.left);
    case 'RestElement':
      return identifiersOf(pattern.argument);
    case 'TSParameterProperty':
      return identifiersOf(pattern.parameter);
    default:
      return pattern satisfies never;
  }
}
