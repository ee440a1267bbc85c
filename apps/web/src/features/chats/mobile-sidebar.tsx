import { Drawer } from '@base-ui/react/drawer';
import { useSidebar } from '../../app/sidebar-context.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { Sidebar } from './sidebar.tsx';

export function MobileSidebar({ isOpen }: { readonly isOpen: boolean }) {
  const t = useTexts();
  const { openDrawer, closeDrawer } = useSidebar();
  return (
    <Drawer.Root open={isOpen} onOpenChange={(open) => (open ? openDrawer() : closeDrawer())} swipeDirection="left">
      <Drawer.Portal>
        <Drawer.Backdrop className="drawer-backdrop" />
        <Drawer.Viewport className="fixed inset-0 z-30">
          <Drawer.Popup className="drawer">
            <Drawer.Content className="h-full">
              <Drawer.Title className="sr-only">{t.chats_nav()}</Drawer.Title>
              <Sidebar />
            </Drawer.Content>
          </Drawer.Popup>
        </Drawer.Viewport>
      </Drawer.Portal>
    </Drawer.Root>
  );
}
